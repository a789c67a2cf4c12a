import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { isAsExpected } from '@/lib/cli/send-summary'
import { SendError, sendTraffic, type SendOptions } from '@/lib/cli/send-traffic'
import { generateTraffic } from '@/lib/samples/generate-traffic'

const SECRET = 'integration_99999999-2222-4333-8444-555555555555'

type Received = { token: string; body: string; connection: number | undefined }
type Reply = { status: number; headers?: Record<string, string>; body?: string }

let server: http.Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

/** A receiver of the test's own, to see what arrives and to answer what no sound receiver would. */
async function receiver(answer: (received: Received, place: number) => Reply) {
  const received: Received[] = []
  let underWay = 0
  let mostUnderWay = 0
  server = http.createServer((request, response) => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      underWay--
      const item = {
        token: (request.headers.authorization ?? '').replace('Bearer ', ''),
        body: Buffer.concat(chunks).toString(),
        connection: request.socket.remotePort,
      }
      received.push(item)
      const { status, headers, body } = answer(item, received.length)
      response.writeHead(status, headers).end(body ?? '')
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/api/webhooks/journeybee`)
  return { url, received, mostUnderWay: () => mostUnderWay }
}

function storing(): (received: Received) => Reply {
  const seen = new Set<string>()
  return ({ token, body }) => {
    const key = token + body
    const status = seen.has(key)
      ? 'duplicate'
      : /"(lead|deal)"/.test(body)
        ? 'unsupported'
        : 'pending'
    seen.add(key)
    return { status: 200, body: JSON.stringify({ id: 'x', status }) }
  }
}

function options(url: URL, more: Partial<SendOptions> = {}): SendOptions {
  return {
    url,
    secret: SECRET,
    concurrency: 4,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  }
}

const SMALL = { seed: 3, partnerships: 12, messages: 80 }

test('everything arrives signed, over as many connections as may be under way', async () => {
  const { url, received, mostUnderWay } = await receiver(storing())
  const progress: number[] = []
  const summary = await sendTraffic(
    generateTraffic(SMALL),
    options(url, { onProgress: (sent) => progress.push(sent) }),
  )
  const sent = [...generateTraffic(SMALL)]
  expect(received).toHaveLength(sent.length)
  expect(isAsExpected(summary)).toBe(true)
  expect(summary.counts.duplicate).toBeGreaterThan(0)
  expect(progress.at(-1)).toBe(sent.length)
  expect(mostUnderWay()).toBeLessThanOrEqual(4)
  expect(new Set(received.map(({ connection }) => connection)).size).toBeLessThanOrEqual(4)
  const key = new TextEncoder().encode(SECRET)
  for (const { token } of received) {
    const { payload, protectedHeader } = await jwtVerify(token, key)
    expect(protectedHeader.alg).toBe('HS256')
    expect(payload.exp).toBeGreaterThan(Date.now() / 1000)
    expect(payload.iat).toBeTypeOf('number')
  }
})

test('one at a time, the deliveries come in the order of the samples', async () => {
  const { url, received } = await receiver(storing())
  await sendTraffic(generateTraffic(SMALL), options(url, { concurrency: 1 }))
  expect(received.map(({ body }) => body)).toEqual(
    [...generateTraffic(SMALL)].map(({ body }) => body),
  )
})

test('a delivery that was answered 503 is sent again after the Retry-After, with the same token', async () => {
  const store = storing()
  const { url, received } = await receiver((item, place) =>
    place === 1 ? { status: 503, headers: { 'Retry-After': '1' } } : store(item),
  )
  const started = performance.now()
  const summary = await sendTraffic(
    generateTraffic({ seed: 3, partnerships: 1, messages: 0 }),
    options(url, { concurrency: 1 }),
  )
  expect(performance.now() - started).toBeGreaterThan(990)
  expect(received[1]).toEqual({ ...received[0], connection: received[1]?.connection })
  expect(summary.retries).toBe(1)
  expect(isAsExpected(summary)).toBe(true)
})

test('an answer that a delivery does not expect is told', async () => {
  const { url } = await receiver(() => ({ status: 200, body: '{"id":"x","status":"invalid"}' }))
  const summary = await sendTraffic(
    generateTraffic({ seed: 3, partnerships: 1, messages: 0 }),
    options(url),
  )
  expect(isAsExpected(summary)).toBe(false)
  expect(summary.deviations).toContain(
    'partner_created: expected accepted (200), got invalid (200)',
  )
})

test('a duplicate that is stored anew is noticed by their number', async () => {
  const { url } = await receiver(({ body }) => ({
    status: 200,
    body: JSON.stringify({ status: /"(lead|deal)"/.test(body) ? 'unsupported' : 'pending' }),
  }))
  const summary = await sendTraffic(generateTraffic(SMALL), options(url))
  expect(summary.deviating).toBe(0)
  expect(isAsExpected(summary)).toBe(false)
})

test.each([
  [401, /INTEGRATION_UUID is another secret/],
  [404, /no webhook receiver at/],
])('a %i ends the run with a sentence', async (status, sentence) => {
  const { url, received } = await receiver(() => ({ status }))
  const run = sendTraffic(generateTraffic(SMALL), options(url))
  await expect(run).rejects.toThrow(sentence)
  await expect(run).rejects.toBeInstanceOf(SendError)
  expect(received.length).toBeLessThanOrEqual(4)
})

test('where nobody listens the run ends with a sentence', async () => {
  const { url } = await receiver(storing())
  await new Promise((resolve) => server?.close(resolve))
  await expect(sendTraffic(generateTraffic(SMALL), options(url))).rejects.toThrow(
    /Nothing answers at http:\/\/127\.0\.0\.1:\d+\. Is Waggle running\?/,
  )
})

test('an interrupted run ends with what was sent until then', async () => {
  const { url } = await receiver(storing())
  const interrupt = new AbortController()
  const summary = await sendTraffic(
    generateTraffic(SMALL),
    options(url, {
      signal: interrupt.signal,
      onProgress: (sent) => sent === 10 && interrupt.abort(),
    }),
  )
  expect(summary.sent).toBeGreaterThanOrEqual(10)
  expect(summary.sent).toBeLessThanOrEqual(14)
})
