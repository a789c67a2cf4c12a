import { expect, test } from 'vitest'
import { checkAddress, fetchPolicy } from '@/lib/fetching/fetch-policy'
import { isPublicAddress } from '@/lib/fetching/public-address'

test.each([
  ['this host', '0.0.0.0'],
  ['loopback', '127.0.0.1'],
  ['all of loopback', '127.255.255.254'],
  ['private', '10.1.2.3'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['link-local, and the metadata of most clouds', '169.254.169.254'],
  ['shared (CGNAT), and the metadata of one cloud', '100.100.100.200'],
  ['the platform services of one cloud', '168.63.129.16'],
  ['protocol assignments', '192.0.0.192'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['benchmarking', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['v6: unspecified', '::'],
  ['v6: loopback', '::1'],
  ['v6: v4-mapped loopback', '::ffff:127.0.0.1'],
  ['v6: v4-mapped, and public within', '::ffff:8.8.8.8'],
  ['v6: v4-compatible', '::127.0.0.1'],
  ['v6: NAT64', '64:ff9b::a00:1'],
  ['v6: NAT64 of a local network', '64:ff9b:1::a00:1'],
  ['v6: 6to4 of a private address', '2002:a00:1::1'],
  ['v6: Teredo', '2001:0:a00:1::1'],
  ['v6: unique local, and the metadata of one cloud', 'fd00:ec2::254'],
  ['v6: link-local', 'fe80::1'],
  ['v6: link-local with a zone', 'fe80::1%eth0'],
  ['v6: site-local', 'fec0::1'],
  ['v6: multicast', 'ff02::1'],
  ['v6: documentation', '2001:db8::1'],
  ['v6: documentation', '3fff::1'],
  ['v6: discard', '100::1'],
  ['v6: not given out', '4000::1'],
  ['no address at all', 'localhost'],
  ['no address at all', ''],
])('%s is not public: %s', (_what, address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '1.1.1.1', '100.128.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])(
  'the public internet is public: %s',
  (address) => expect(isPublicAddress(address)).toBe(true),
)

const anywhere = fetchPolicy(null, false)

test.each([
  'http://127.0.0.1/',
  'http://127.0.0.1./',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://2130706433/',
  'http://127.1/',
  'http://１２７.０.０.１/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/',
])('an inner address is refused however it is spelled: %s', (address) => {
  expect(() => checkAddress(address, anywhere)).toThrow(
    expect.objectContaining({ code: 'inner_address', passing: false }),
  )
})

test.each([
  'ftp://cdn.example/file',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
  'gopher://cdn.example/',
  '//cdn.example/file',
  '/etc/passwd',
  'https://',
  'https://user@cdn.example/',
  'https://user:word@cdn.example/',
  'https://:word@cdn.example/',
  `https://cdn.example/${'x'.repeat(9_000)}`,
])('what is no plain web address is refused: %s', (address) => {
  expect(() => checkAddress(address, anywhere)).toThrow(
    expect.objectContaining({ code: 'bad_address', passing: false }),
  )
})

test.each(['http://cdn.example:25/', 'https://cdn.example:6379/', 'http://cdn.example:22/'])(
  'a port that is not one of the web is refused: %s',
  (address) =>
    expect(() => checkAddress(address, anywhere)).toThrow(
      expect.objectContaining({ code: 'host_refused' }),
    ),
)

const narrowed = fetchPolicy(['cdn.example', '*.files.example', 'own.example:9000'], false)

test.each([
  'https://cdn.example/a',
  'https://CDN.example./a',
  'http://cdn.example:8080/a',
  'https://eu.files.example/a',
  'https://a.b.files.example/a',
  'http://own.example:9000/a',
])('a host that is among the named ones is let through: %s', (address) => {
  expect(checkAddress(address, narrowed).protocol).toMatch(/^https?:$/)
})

test.each([
  'https://evil.example/cdn.example',
  'https://cdn.example.evil.example/',
  'https://evilcdn.example/',
  'https://files.example/',
  'https://evilfiles.example/',
  'http://own.example/',
  'http://cdn.example:22/',
  'https://8.8.8.8/',
])('a host that is not among the named ones is refused: %s', (address) => {
  expect(() => checkAddress(address, narrowed)).toThrow(
    expect.objectContaining({ code: 'host_refused' }),
  )
})
