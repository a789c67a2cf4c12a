import { expect, test } from 'vitest'
import { clientAddress } from '@/lib/auth/client-address'
import { isOwnOrigin } from '@/lib/auth/check-origin'

const PUBLIC_URL = 'https://waggle.example'

test.each([
  ['its own host', { host: 'localhost:3000', origin: 'http://localhost:3000' }, undefined, true],
  ['the public address', { host: '10.0.0.5', origin: 'https://waggle.example' }, PUBLIC_URL, true],
  ['another host', { host: 'localhost:3000', origin: 'http://evil.test' }, undefined, false],
  ['another port', { host: 'localhost:3000', origin: 'http://localhost:3001' }, undefined, false],
  ['a host that starts alike', { host: 'a.test', origin: 'http://a.test.evil' }, undefined, false],
  [
    'the public host by http',
    { host: '10.0.0.5', origin: 'http://waggle.example' },
    PUBLIC_URL,
    false,
  ],
  ['no origin', { host: 'localhost:3000' }, undefined, false],
  ['the origin null', { host: 'localhost:3000', origin: 'null' }, undefined, false],
  [
    'a forwarded host',
    { host: 'a.test', 'x-forwarded-host': 'b.test', origin: 'http://b.test' },
    undefined,
    false,
  ],
])('a form from %s', (_, headers, publicUrl, own) => {
  expect(isOwnOrigin(new Headers(headers as Record<string, string>), publicUrl)).toBe(own)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['spoofed, 192.0.2.7', '192.0.2.7'],
  ['', 'unknown'],
])('behind x-forwarded-for "%s" stands %s', (forwarded, address) => {
  expect(clientAddress(new Headers({ 'x-forwarded-for': forwarded }))).toBe(address)
})
