import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { CLAIMS, deliver, partnershipBody, signToken } from '../support/deliver'
import { TEST_SECRET } from '../support/own-database'

beforeEach(async () => {
  await flushRejections()
  await db().$executeRaw`TRUNCATE webhook_event, rejection`
})

const UNAUTHENTICATED = { error: 'unauthenticated', message: 'A valid bearer token is required.' }

const now = () => Math.floor(Date.now() / 1_000)

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function handmade(header: unknown, signature: (input: string) => Buffer, claims: unknown = CLAIMS) {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${signature(input).toString('base64url')}`
}

function hmac(input: string, digest = 'sha256', key = TEST_SECRET): Buffer {
  return createHmac(digest, key).update(input).digest()
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const attackersJwk = { kty: 'oct', k: Buffer.from('attacker').toString('base64url') }
const valid = await signToken()

const attacks: [name: string, authorization: string | undefined, reason: string][] = [
  ['no Authorization header', undefined, 'no_token'],
  ['an empty Authorization header', '', 'no_token'],
  ['the scheme alone', 'Bearer', 'malformed_token'],
  ['a token without a scheme', valid, 'no_token'],
  ['the scheme Basic', `Basic ${valid}`, 'no_token'],
  ['a scheme that starts like Bearer', `Bearers ${valid}`, 'no_token'],
  ['two tokens', `Bearer ${valid} ${valid}`, 'malformed_token'],
  [
    'a signature spelled in another way',
    // Its 43rd character carries two bits that decode to nothing.
    `Bearer ${valid.slice(0, -1)}${String.fromCharCode(valid.charCodeAt(valid.length - 1) + 1)}`,
    'malformed_token',
  ],
  ['alg none', `Bearer ${handmade({ alg: 'none' }, () => Buffer.alloc(0))}`, 'wrong_algorithm'],
  ['alg NONE with a signature', `Bearer ${handmade({ alg: 'NONE' }, hmac)}`, 'wrong_algorithm'],
  [
    'an RS256 signature',
    `Bearer ${handmade({ alg: 'RS256' }, (input) => sign('sha256', Buffer.from(input), rsa.privateKey))}`,
    'wrong_algorithm',
  ],
  [
    'RS256 declared, HMAC signed with the secret',
    `Bearer ${handmade({ alg: 'RS256' }, hmac)}`,
    'wrong_algorithm',
  ],
  [
    'HS256 signed with an RSA public key',
    `Bearer ${handmade({ alg: 'HS256' }, (input) =>
      hmac(input, 'sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string),
    )}`,
    'wrong_signature',
  ],
  [
    'HS512 with the right secret',
    `Bearer ${handmade({ alg: 'HS512' }, (input) => hmac(input, 'sha512'))}`,
    'wrong_algorithm',
  ],
  [
    'HS256 declared, signed with HS512',
    `Bearer ${handmade({ alg: 'HS256' }, (input) => hmac(input, 'sha512'))}`,
    'wrong_signature',
  ],
  [
    'its own key as a JWK in the header',
    `Bearer ${handmade({ alg: 'HS256', jwk: attackersJwk }, (input) => hmac(input, 'sha256', 'attacker'))}`,
    'wrong_signature',
  ],
  [
    'a JWK in the header of a token with the right signature',
    `Bearer ${handmade({ alg: 'HS256', jwk: attackersJwk }, hmac)}`,
    'malformed_token',
  ],
  [
    'a jku in the header',
    `Bearer ${handmade({ alg: 'HS256', jku: 'https://keys.test' }, hmac)}`,
    'malformed_token',
  ],
  [
    'a critical extension',
    `Bearer ${handmade({ alg: 'HS256', crit: ['x'], x: 1 }, hmac)}`,
    'malformed_token',
  ],
  [
    'an unencoded payload',
    `Bearer ${handmade({ alg: 'HS256', crit: ['b64'], b64: true }, hmac)}`,
    'malformed_token',
  ],
  ['a wrong key', `Bearer ${await signToken({}, { secret: 'another-secret' })}`, 'wrong_signature'],
  [
    'an empty key',
    `Bearer ${handmade({ alg: 'HS256' }, (input) => hmac(input, 'sha256', ''))}`,
    'wrong_signature',
  ],
  ['an expired token', `Bearer ${await signToken({ exp: now() - 60 })}`, 'token_expired'],
  ['an nbf ahead', `Bearer ${await signToken({ nbf: now() + 120 })}`, 'token_not_yet_valid'],
  ['an exp that is no number', `Bearer ${await signToken({ exp: 'x' as never })}`, 'wrong_claims'],
  ['an iat that is no number', `Bearer ${await signToken({ iat: 'x' as never })}`, 'wrong_claims'],
  ['an iat in milliseconds', `Bearer ${await signToken({ iat: Date.now() })}`, 'wrong_claims'],
  ['an iat before 1970', `Bearer ${await signToken({ iat: -1 })}`, 'wrong_claims'],
  ['a truncated token', `Bearer ${valid.slice(0, -3)}`, 'wrong_signature'],
  [
    'a token without a signature',
    `Bearer ${valid.slice(0, valid.lastIndexOf('.'))}`,
    'malformed_token',
  ],
  ['a token of 100 KB', `Bearer ${await signToken({ x: 'x'.repeat(100_000) })}`, 'malformed_token'],
  ['junk', 'Bearer a.b.c', 'malformed_token'],
  [
    'claims that are a list',
    `Bearer ${handmade({ alg: 'HS256' }, hmac, [CLAIMS])}`,
    'malformed_token',
  ],
  [
    'claims nested 1,000 levels deep',
    `Bearer ${await signToken({ x: JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)) as unknown })}`,
    'wrong_claims',
  ],
  ...(await Promise.all(
    ['company_uuid', 'user_uuid', 'event_id'].flatMap((claim) =>
      [undefined, '', 7, null, 'x'.repeat(201)].map(
        async (value): Promise<[string, string, string]> => [
          `the claim ${claim} as ${JSON.stringify(value)?.slice(0, 8)}`,
          `Bearer ${await signToken({ [claim]: value })}`,
          'wrong_claims',
        ],
      ),
    ),
  )),
]

test.each(attacks)(
  '%s is refused like any other, and stored nowhere',
  async (_, authorization, reason) => {
    const { status, headers, answer } = await deliver({ authorization, body: partnershipBody() })
    expect(status).toBe(401)
    expect(answer).toEqual(UNAUTHENTICATED)
    expect(headers.get('www-authenticate')).toBe('Bearer')
    expect(await db().webhookEvent.count()).toBe(0)

    await flushRejections()
    const counted = await db().rejection.findMany({ select: { reason: true, count: true } })
    expect(counted).toEqual([{ reason, count: 1n }])
  },
)

test.each([
  ['bearer in small letters', `bearer ${valid}`],
  ['BEARER and two spaces', `BEARER  ${valid}`],
  ['no api_key', `Bearer ${await signToken({ api_key: undefined })}`],
  ['an exp just within the tolerance', `Bearer ${await signToken({ exp: now() - 5 })}`],
  ['an nbf just within the tolerance', `Bearer ${await signToken({ nbf: now() + 5 })}`],
  ['unknown claims', `Bearer ${await signToken({ scope: { of: ['x'] } })}`],
])('a token with %s is accepted', async (_, authorization) => {
  expect((await deliver({ authorization, body: partnershipBody() })).status).toBe(200)
})
