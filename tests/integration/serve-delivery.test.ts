import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isAsExpected, type SendSummary } from '@/lib/cli/send-summary'
import { sendTraffic } from '@/lib/cli/send-traffic'
import { db } from '@/lib/db'
import { isDelivery, serveDelivery } from '@/lib/receiver/serve-delivery'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import { CLAIMS, deliver, partnershipBody, signToken } from '../support/deliver'
import { TEST_SECRET } from '../support/own-database'

let server: http.Server
let url: URL

beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (isDelivery(request)) void serveDelivery(request, response)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  url = new URL(`http://127.0.0.1:${port}/api/webhooks/journeybee`)
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE webhook_event`
})

test('sample traffic with all that is nasty is answered as the contract says, and stored once', async () => {
  const summary: SendSummary = await sendTraffic(
    generateTraffic({ seed: 5, partnerships: 20, messages: 150, nasty: true }),
    {
      url,
      secret: TEST_SECRET,
      concurrency: 8,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  )
  expect(summary.deviations).toEqual([])
  expect(isAsExpected(summary)).toBe(true)
  expect(await db().webhookEvent.count()).toBe(summary.sent - summary.counts.refused)
  expect(await db().webhookEvent.count({ where: { status: 'duplicate' } })).toBe(
    summary.counts.duplicate,
  )
})

const JSON_TYPE = { 'content-type': 'application/json' }

test.each([
  ['without a token', null, {}, partnershipBody()],
  ['with another scheme', 'Basic abc', {}, partnershipBody()],
  ['with a token that is none', 'Bearer a.b.c', {}, partnershipBody()],
  ['with another media type', 'signed', { 'content-type': 'text/plain' }, partnershipBody()],
  ['with a content encoding', 'signed', { 'content-encoding': 'gzip' }, partnershipBody()],
  ['that is no JSON', 'signed', {}, '{"partnership"'],
  ['that is a list', 'signed', {}, '[]'],
  ['without a body', 'signed', {}, ''],
])(
  'a delivery %s is answered as the route handler answers it',
  async (_, credentials, others, body) => {
    const authorization = credentials === 'signed' ? `Bearer ${await signToken()}` : credentials
    const headers = { ...JSON_TYPE, ...(authorization && { authorization }), ...others }
    const served = await fetch(url, { method: 'POST', headers, body })
    const expected = await deliver({ headers, body })
    expect(served.status).toBe(expected.status)
    expect(await served.json()).toEqual(expected.answer)
    for (const name of ['content-type', 'www-authenticate', 'retry-after']) {
      expect(served.headers.get(name)).toBe(expected.headers.get(name))
    }
    expect(expected.status).toBeGreaterThanOrEqual(400)
    expect(await db().webhookEvent.count()).toBe(0)
  },
)

test('a body that comes in many small pieces is put together', async () => {
  const body = partnershipBody({ company_name: 'Müller 🐝' })
  const socket = await connect(
    `Authorization: Bearer ${await signToken({ iat: 1_790_000_000 })}\r\nTransfer-Encoding: chunked`,
  )
  const bytes = Buffer.from(body)
  for (let at = 0; at < bytes.length; at += 7) {
    const piece = bytes.subarray(at, at + 7)
    socket.write(Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece]))
    socket.write('\r\n')
  }
  socket.write('0\r\n\r\n')
  expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 200 /)
  socket.destroy()
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({
    body,
    companyUuid: CLAIMS.company_uuid,
  })
})

test('an upload without end is answered 413 and then cut', async () => {
  const socket = await connect(
    `Authorization: Bearer ${await signToken()}\r\nTransfer-Encoding: chunked`,
  )
  socket.on('error', () => undefined)
  const piece = Buffer.concat([
    Buffer.from('10000\r\n'),
    Buffer.alloc(65_536, 'x'),
    Buffer.from('\r\n'),
  ])
  const pour = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', pour)
  pour()
  expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 413 /)
  await new Promise((resolve) => socket.once('close', resolve))
  expect(await db().webhookEvent.count()).toBe(0)
})

test('a sender that hangs up within the body leaves nothing behind, and the next one is served', async () => {
  const socket = await connect(`Authorization: Bearer ${await signToken()}\r\nContent-Length: 500`)
  socket.write('{"partnership":')
  socket.destroy()
  await once(socket, 'close')
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: `Bearer ${await signToken()}` },
    body: partnershipBody(),
  })
  expect(response.status).toBe(200)
  expect(await db().webhookEvent.count()).toBe(1)
})

test('other methods and other paths are left to Next', async () => {
  expect((await fetch(url)).status).toBe(404)
  expect((await fetch(`${url}/x`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${url}?a=b`, { method: 'POST' })).status).toBe(401)
})

async function connect(headers: string): Promise<net.Socket> {
  const socket = net.connect(Number(url.port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n` +
      `Content-Type: application/json\r\n${headers}\r\n\r\n`,
  )
  return socket
}

async function answerOf(socket: net.Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  return data.toString()
}
