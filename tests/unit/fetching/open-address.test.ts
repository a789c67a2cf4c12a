import { expect, test } from 'vitest'
import { fetchPolicy, type FetchPolicy } from '@/lib/fetching/fetch-policy'
import { outsideDns } from '../../support/outside-dns'
import { outsideServer } from '../../support/outside-server'
import { LOOPBACK, readOutside as read } from '../../support/read-outside'

const STRICT: FetchPolicy = { ...LOOPBACK, allowsAddress: fetchPolicy(null, false).allowsAddress }
// 127.0.0.1 stands for the world outside, 127.0.0.2 for the network within.
const ONLY_FIRST: FetchPolicy = { ...LOOPBACK, allowsAddress: (each) => each === '127.0.0.1' }

function failsWith(code: string) {
  return expect.objectContaining({ name: 'FetchError', code })
}

test('a file is read whole, over redirects, and nothing about us is sent along', async () => {
  const content = Buffer.alloc(300_000, 'waggle')
  const outside = await outsideServer((request, response) => {
    response.setHeader('set-cookie', 'follow=me')
    if (request.url === '/file') return response.end(content)
    response.writeHead(302, { location: '/file' }).end('elsewhere')
  })
  const { status, bytes } = await read(`${outside.url}/start#part`)
  expect(status).toBe(200)
  expect(bytes.equals(content)).toBe(true)
  expect(outside.requests.map(({ url }) => url)).toEqual(['/start', '/file'])
  for (const { headers } of outside.requests) {
    expect(Object.keys(headers).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].sort(),
    )
  }
})

test('a name that leads to this machine is refused inside the connection', async () => {
  const inner = await outsideServer((_request, response) => response.end('secret'))
  const asked = read(`http://localhost:${inner.port}/`, { policy: STRICT })
  await expect(asked).rejects.toThrow(failsWith('inner_address'))
  const dns = await outsideDns('127.0.0.1')
  const dotted = `http://inner.example.:${inner.port}/`
  await expect(read(dotted, { policy: STRICT, resolve: dns.resolve })).rejects.toThrow(
    failsWith('inner_address'),
  )
  expect(inner.connections()).toBe(0)
})

test('an address that got past every check of names is refused on the connected socket, unasked', async () => {
  const inner = await outsideServer((_request, response) => response.end('secret'))
  let checks = 0
  // Right when the resolver's answer is checked, wrong by the time that the socket stands.
  const policy = { ...LOOPBACK, allowsAddress: () => checks++ === 0 }
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const asked = read(`http://cdn.example:${inner.port}/`, { policy, resolve })
  await expect(asked).rejects.toThrow(failsWith('inner_address'))
  expect(inner.connections()).toBe(1)
  expect(inner.requests).toEqual([])
})

test.each([
  'http://127.0.0.2:PORT/',
  'http://0x7f.2:PORT/',
  'http://[::1]:PORT/',
  'http://2130706434:PORT/',
])('a redirect to the network within is refused: %s', async (target) => {
  const inner = await outsideServer((_request, response) => response.end('secret'), '127.0.0.2')
  const outside = await outsideServer((_request, response) => {
    response.writeHead(302, { location: target.replace('PORT', String(inner.port)) }).end()
  })
  await expect(read(outside.url, { policy: ONLY_FIRST })).rejects.toThrow(
    failsWith('inner_address'),
  )
  expect(inner.connections()).toBe(0)
})

test.each([
  ['file:///etc/passwd', 'bad_address'],
  ['ftp://127.0.0.1/x', 'bad_address'],
  ['http://user:word@127.0.0.1/', 'bad_address'],
  ['http://[broken', 'bad_address'],
])('a redirect to %s is refused', async (location, code) => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(307, { location }).end()
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith(code))
})

test('a redirect to a host that is not among the named ones is refused', async () => {
  const other = await outsideServer((_request, response) => response.end('secret'))
  const outside = await outsideServer((_request, response) => {
    response.writeHead(302, { location: `http://localhost:${other.port}/` }).end()
  })
  const policy = fetchPolicy(['127.0.0.1'], true)
  await expect(read(outside.url, { policy })).rejects.toThrow(failsWith('host_refused'))
  expect(other.connections()).toBe(0)
})

test('redirects without end are given up after five', async () => {
  const outside = await outsideServer((request, response) => {
    response.writeHead(301, { location: `${request.url}x` }).end()
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('too_many_redirects'))
  expect(outside.requests).toHaveLength(6)
})

test('a name is resolved once a connection, and connected to is what was checked', async () => {
  const dns = await outsideDns('127.0.0.1', '127.0.0.2')
  const outside = await outsideServer((_request, response) => response.end('outside'))
  const inner = await outsideServer(
    (_request, response) => response.end('secret'),
    '127.0.0.2',
    outside.port,
  )
  const options = { policy: ONLY_FIRST, resolve: dns.resolve }
  const { bytes } = await read(`http://rebinding.example:${outside.port}/`, options)
  expect(bytes.toString()).toBe('outside')
  expect(dns.asked()).toBe(1)
  expect(inner.connections()).toBe(0)
})

test('a name that changes its answer between two redirects is checked again and refused', async () => {
  const dns = await outsideDns('127.0.0.1', '127.0.0.2')
  const outside = await outsideServer((_request, response) => {
    response.writeHead(302, { location: '/again' }).end()
  })
  const inner = await outsideServer(
    (_request, response) => response.end('secret'),
    '127.0.0.2',
    outside.port,
  )
  const options = { policy: ONLY_FIRST, resolve: dns.resolve }
  const asked = read(`http://rebinding.example:${outside.port}/`, options)
  await expect(asked).rejects.toThrow(failsWith('inner_address'))
  expect(dns.asked()).toBe(2)
  expect(inner.connections()).toBe(0)
})

test('of several addresses of one name only those that are allowed are tried', async () => {
  const inner = await outsideServer((_request, response) => response.end('secret'), '127.0.0.2')
  const outside = await outsideServer(
    (_request, response) => response.end('outside'),
    '127.0.0.1',
    inner.port,
  )
  const resolve = async () => ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }))
  const url = `http://both.example:${outside.port}/`
  expect((await read(url, { policy: ONLY_FIRST, resolve })).bytes.toString()).toBe('outside')
  expect(inner.connections()).toBe(0)
})

test('a name without an address, and a port that nobody listens on, may go better later', async () => {
  const resolve = async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
  await expect(read('http://none.example/', { resolve })).rejects.toThrow(
    expect.objectContaining({ code: 'unknown_host', passing: true }),
  )
  await expect(read('http://127.0.0.1:9/')).rejects.toThrow(
    expect.objectContaining({ code: 'unreachable', passing: true }),
  )
})
