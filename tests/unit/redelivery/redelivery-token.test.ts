import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { redeliveryToken } from '@/lib/redelivery/redelivery-token'

const SECRET = 'destination_22222222-3333-4444-8555-666666666666'
const NOW = Date.UTC(2026, 10, 22, 7, 0, 0) + 999
const ISSUED = Math.floor(NOW / 1_000)
const STORED = { company_uuid: 'company_1', user_uuid: 'user_1', event_id: 'message_created' }

const verify = (token: string, secret = SECRET) =>
  jwt.verify(token, secret, { algorithms: ['HS256'], clockTimestamp: ISSUED })

test('another library verifies it with the secret of the destination, and with no other', async () => {
  const token = await redeliveryToken(STORED, SECRET, NOW)
  expect(verify(token)).toEqual({ ...STORED, iat: ISSUED, exp: ISSUED + 3_600 })
  expect(() => verify(token, 'another secret')).toThrow('invalid signature')
  expect(jwt.decode(token, { complete: true })?.header).toEqual({ alg: 'HS256', typ: 'JWT' })
})

test('redacted secrets are left out, and so is when the original was valid', async () => {
  const token = await redeliveryToken(
    {
      ...STORED,
      api_key: '[redacted]',
      external_settings: '[redacted]',
      iat: 1,
      exp: 2,
      nbf: ISSUED + 1_000_000,
      extra: { nested: ['[redacted]', '日本'] },
    },
    SECRET,
    NOW,
  )
  expect(verify(token)).toEqual({
    ...STORED,
    extra: { nested: ['[redacted]', '日本'] },
    iat: ISSUED,
    exp: ISSUED + 3_600,
  })
})

test('what stands in claims can break out of neither the token nor the header that carries it', async () => {
  const nasty = '"},{"alg":"none"}\r\nx-evil: 1\u2028'
  const token = await redeliveryToken({ ...STORED, event_id: nasty, __proto__x: 1 }, SECRET, NOW)
  expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(verify(token)).toMatchObject({ event_id: nasty })
})
