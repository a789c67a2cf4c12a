import { expect, test } from 'vitest'
import { isLocalAddress, webhookAddress } from '@/lib/webhook-address'

const path = '/api/webhooks/journeybee'

test.each([
  [{ host: 'localhost:3000' }, { TRUST_PROXY: false }, `http://localhost:3000${path}`],
  [{ host: '[::1]:3000' }, { TRUST_PROXY: false }, `http://[::1]:3000${path}`],
  [
    { host: 'waggle.example', 'x-forwarded-proto': 'https' },
    { TRUST_PROXY: true },
    `https://waggle.example${path}`,
  ],
  [
    { host: 'waggle.example', 'x-forwarded-proto': 'https' },
    { TRUST_PROXY: false },
    `http://waggle.example${path}`,
  ],
  [
    { host: 'inside:3000' },
    { TRUST_PROXY: false, PUBLIC_URL: 'https://waggle.example' },
    `https://waggle.example${path}`,
  ],
  [{ host: "x';rm -rf ~;'" }, { TRUST_PROXY: false }, `http://localhost${path}`],
  [{}, { TRUST_PROXY: false }, `http://localhost${path}`],
])('asked with %o and set to %o the webhook is at %s', (sent, settings, address) => {
  expect(webhookAddress(new Headers(sent as Record<string, string>), settings)).toBe(address)
})

test('an address that JourneyBee can’t reach is told from others', () => {
  const local = ['http://localhost:3000/x', 'http://127.0.0.1/x', 'http://[::1]:3000/x']
  expect(local.map(isLocalAddress)).toEqual([true, true, true])
  expect(isLocalAddress('https://waggle.example/x')).toBe(false)
})
