import { createReadStream } from 'node:fs'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAX_OPEN } from '@/lib/fetching/fetch-slots'
import { openAddress } from '@/lib/fetching/open-address'
import type { FetchLimits, FetchOptions } from '@/lib/fetching/send-once'
import { outsideServer, rawServer } from '../../support/outside-server'
import { LIMITS, LOOPBACK, readOutside as read } from '../../support/read-outside'

const ZEROS = '/dev/zero'

function limits(some: Partial<FetchLimits>): Partial<FetchOptions> {
  return { limits: { ...LIMITS, ...some } }
}

function failsWith(code: string) {
  return expect.objectContaining({ name: 'FetchError', code })
}

test('a body without end is given up at the limit', async () => {
  const outside = await outsideServer((_request, response) => {
    createReadStream(ZEROS).pipe(response)
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('too_large'))
})

test('a length that is stated as too large is refused before a byte of it is read', async () => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-length': 10 * LIMITS.maxBytes }).flushHeaders()
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('too_large'))
})

test('a length that promises more than comes is an answer broken off', async () => {
  const outside = await rawServer((socket) => {
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort')
  })
  await expect(read(outside.url)).rejects.toThrow(
    expect.objectContaining({ code: 'bad_answer', passing: true }),
  )
})

test('an answer that goes on beyond its stated length is refused', async () => {
  const outside = await rawServer((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshort${'x'.repeat(9_000)}`)
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('bad_answer'))
})

test('two lengths, and a length beside chunks, are refused', async () => {
  for (const extra of ['content-length: 6', 'transfer-encoding: chunked']) {
    const outside = await rawServer((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n${extra}\r\n\r\nshort!`)
    })
    await expect(read(outside.url)).rejects.toThrow(failsWith('bad_answer'))
  }
})

test('what came encoded although nobody asked is decoded', async () => {
  const content = Buffer.from('plain text')
  for (const [encoding, bytes] of [
    ['gzip', gzipSync(content)],
    ['br', brotliCompressSync(content)],
  ] as const) {
    const outside = await outsideServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes)
    })
    expect((await read(outside.url)).bytes.toString()).toBe('plain text')
  }
})

test('a gzip bomb is given up at the limit of what it swells to', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * LIMITS.maxBytes))
  expect(bomb.length).toBeLessThan(LIMITS.maxBytes)
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('too_large'))
})

test('an endless gzip, a broken one and encodings upon encodings are refused', async () => {
  const endless = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    createReadStream(ZEROS).pipe(createGzip()).pipe(response)
  })
  await expect(read(endless.url)).rejects.toThrow(failsWith('too_large'))
  for (const encoding of ['gzip', 'gzip, gzip', 'constructor']) {
    const outside = await outsideServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end('not gzip')
    })
    await expect(read(outside.url)).rejects.toThrow(failsWith('bad_answer'))
  }
})

test('headers without end are refused', async () => {
  const outside = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    Readable.from(endlessHeaders()).pipe(socket)
  })
  await expect(read(outside.url)).rejects.toThrow(failsWith('bad_answer'))
})

function* endlessHeaders() {
  for (let index = 0; ; index++) yield `x-${index}: ${'a'.repeat(1_000)}\r\n`
}

test('who accepts a connection and says nothing is given up', async () => {
  const outside = await rawServer(() => undefined)
  await expect(read(outside.url, limits({ answerMs: 100 }))).rejects.toThrow(failsWith('too_slow'))
})

test('headers that drip are given up, however steadily they come', async () => {
  const outside = await rawServer((socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx: '))
  const asked = read(outside.url, limits({ answerMs: 200, idleMs: 1_000 }))
  await expect(asked).rejects.toThrow(failsWith('too_slow'))
})

test('a body that drips is given up, however steadily it comes', async () => {
  const outside = await rawServer((socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n'))
  const asked = read(outside.url, limits({ totalMs: 300, idleMs: 1_000 }))
  await expect(asked).rejects.toThrow(failsWith('too_slow'))
})

test('a body that falls silent is given up', async () => {
  const outside = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')
  })
  await expect(read(outside.url, limits({ idleMs: 150 }))).rejects.toThrow(failsWith('too_slow'))
})

function drip(socket: Socket, start: string) {
  socket.write(start)
  const timer = setInterval(() => socket.write('.'), 10)
  socket.once('close', () => clearInterval(timer))
}

test('a name that is never resolved is given up', async () => {
  const resolve = () => new Promise<never>(() => undefined)
  const asked = read('http://slow.example/', { resolve, ...limits({ connectMs: 100 }) })
  await expect(asked).rejects.toThrow(failsWith('too_slow'))
})

test('more than so many at once are turned away, and a place that is given back can be taken', async () => {
  const outside = await outsideServer((_request, response) => response.write('half'))
  const options = { policy: LOOPBACK, limits: LIMITS }
  const open = await Promise.all(
    Array.from({ length: MAX_OPEN }, () => openAddress(outside.url, options)),
  )
  await expect(openAddress(outside.url, options)).rejects.toThrow(
    expect.objectContaining({ code: 'busy', passing: true }),
  )
  expect(outside.connections()).toBe(MAX_OPEN)
  const closed = open.map(async ({ body, close }) => {
    close()
    for await (const chunk of body) expect(chunk).toBeDefined()
  })
  await Promise.allSettled(closed)
  const again = await openAddress(outside.url, options)
  again.close()
})

test('whoever asks may stop it at any time', async () => {
  const stop = new AbortController()
  const outside = await outsideServer((_request, response) => response.write('half'))
  const opened = await openAddress(outside.url, {
    policy: LOOPBACK,
    limits: LIMITS,
    signal: stop.signal,
  })
  stop.abort()
  const reading = async () => {
    for await (const chunk of opened.body) expect(chunk.toString()).toBe('half')
  }
  await expect(reading()).rejects.toThrow(failsWith('stopped'))
})

test('what is posted is not sent on to where a redirect leads', async () => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  const request = { method: 'POST', body: Buffer.from('{}') } as const
  const { status } = await read(outside.url, { request })
  expect(status).toBe(307)
  expect(outside.requests).toHaveLength(1)
})
