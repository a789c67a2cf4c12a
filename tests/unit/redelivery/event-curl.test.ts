import { execFileSync } from 'node:child_process'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { eventCurl, LongBodyError } from '@/lib/redelivery/event-curl'

const SECRET = 'integration_11111111-2222-4333-8444-555555555555'
const WEBHOOK = 'https://waggle.example/api/webhooks/journeybee'
const CLAIMS = { company_uuid: 'company_a', api_key: '[redacted]', iat: 1 }

test('a shell hands the body over byte for byte, with a token of the event’s claims', async () => {
  const body = '{"a": "it\'s $HOME `id` \\"!x\\" \\\\", \n\t"b": "🐝 \u202e"}\r\n'
  const { '-H': headers, ...rest } = argumentsOf(
    await eventCurl(WEBHOOK, { claims: CLAIMS, body }, SECRET),
  )
  expect(rest).toEqual({ '-sS': [''], '-X': ['POST'], '': [WEBHOOK], '--data-binary': [body] })
  const [, token] = /^Authorization: Bearer (\S+)$/.exec(headers![0]!)!
  expect(headers!.slice(1)).toEqual(['Content-Type: application/json'])
  const claims = jwt.verify(token!, SECRET, { algorithms: ['HS256'] }) as jwt.JwtPayload
  expect(claims).toEqual({
    company_uuid: 'company_a',
    iat: expect.any(Number),
    exp: claims.iat! + 3_600,
  })
})

test('a body that no command line takes is refused', async () => {
  const made = eventCurl(WEBHOOK, { claims: CLAIMS, body: `"${'é'.repeat(15_000)}"` }, SECRET)
  await expect(made).rejects.toThrow(LongBodyError)
})

// What a real shell makes of the command, by option.
function argumentsOf(command: string): Record<string, string[]> {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  const told = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
  const found: Record<string, string[]> = {}
  for (let at = 0; at < told.length; at++) {
    const word = told[at]!
    if (word === '-sS') (found[word] ??= []).push('')
    else if (word.startsWith('-')) (found[word] ??= []).push(told[++at]!)
    else (found[''] ??= []).push(word)
  }
  return found
}
