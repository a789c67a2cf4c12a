import { once } from 'node:events'
import type { Server } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/journeybee/route'
import { db } from '@/lib/db'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { answerDelivery } from '@/lib/receiver/answer-delivery'
import { deliver, partnershipBody, signToken, type Sent } from '../support/deliver'
import { serveWebhook } from '../support/serve-webhook'

const LIMIT = 1_048_576
const PATH = '/api/webhooks/journeybee'

let server: Server
let sockets: net.Socket[] = []

beforeAll(async () => {
  server = await serveWebhook()
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  await db().$executeRaw`TRUNCATE webhook_event, event_tally`
  await flushRejections()
  await db().$executeRaw`TRUNCATE rejection`
})

const port = () => (server.address() as AddressInfo).port

async function rejections() {
  await flushRejections()
  const rows = await db().rejection.findMany({ orderBy: { reason: 'asc' } })
  return rows.map((row) => `${row.reason} ${row.count}`)
}

function connect(): net.Socket {
  const socket = net.connect(port(), '127.0.0.1')
  // The server may cut a connection on which it has said what it had to say.
  socket.on('error', () => undefined)
  sockets.push(socket)
  return socket
}

function head(token: string, headers: string[]): string {
  return [
    `POST ${PATH} HTTP/1.1`,
    'Host: waggle.test',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    ...headers,
    '\r\n',
  ].join('\r\n')
}

async function readUntil(socket: net.Socket, end: RegExp): Promise<string> {
  let text = ''
  while (!end.test(text)) text += String((await once(socket, 'data'))[0])
  return text
}

/** Over HTTP the same delivery as `deliver` hands to the route. */
async function post({ body, token, authorization, headers }: Sent) {
  const credentials = authorization ?? (token === undefined ? undefined : `Bearer ${token}`)
  const response = await fetch(`http://127.0.0.1:${port()}${PATH}`, {
    method: 'POST',
    body: body ?? '{}',
    headers: {
      'content-type': 'application/json',
      ...(credentials !== undefined && { authorization: credentials }),
      ...headers,
    },
  })
  const answer = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, answer }
}

const DELIVERIES: [string, () => Promise<Sent>][] = [
  ['an event', async () => ({ token: await signToken(), body: partnershipBody() })],
  ['an invalid body', async () => ({ token: await signToken(), body: '{"partnership":7}' })],
  [
    'an unknown type',
    async () => ({ token: await signToken({ event_id: 'unheard_of' }), body: partnershipBody() }),
  ],
  ['no token', async () => ({ body: partnershipBody() })],
  ['another scheme', async () => ({ authorization: 'Basic YTpi', body: partnershipBody() })],
  ['an expired token', async () => ({ token: await signToken({ exp: 1_000 }) })],
  ['a wrong key', async () => ({ token: await signToken({}, { secret: 'another-secret-1' }) })],
  ['no JSON', async () => ({ token: await signToken(), body: '{"a":' })],
  ['no object', async () => ({ token: await signToken(), body: '[]' })],
  [
    'no UTF-8',
    async () => ({ token: await signToken(), body: Buffer.from('{"a":"\xff"}', 'latin1') }),
  ],
  [
    'another media type',
    async () => ({ token: await signToken(), headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'an encoded body',
    async () => ({ token: await signToken(), headers: { 'content-encoding': 'gzip' } }),
  ],
  [
    'a large body',
    async () => ({ token: await signToken(), body: `{"a":"${'a'.repeat(LIMIT)}"}` }),
  ],
]

test.each(DELIVERIES)('%s is answered over HTTP as the route answers it', async (_, make) => {
  const sent = await make()
  const [expected, answered] = [await deliver(sent), await post(sent)]
  const idless = ({ id: _id, ...rest }: Record<string, unknown>) => rest
  expect(answered.status).toBe(expected.status)
  expect(idless(answered.answer)).toEqual(idless(expected.answer))
  for (const [name, value] of expected.headers) expect(answered.headers.get(name)).toBe(value)
})

test('the route handler is the function that the server calls itself', () => {
  expect(POST).toBe(answerDelivery)
})

test('a body that comes in pieces is stored whole', async () => {
  const body = partnershipBody({ company_name: 'Zoë & Søn' })
  const bytes = Buffer.from(body)
  const socket = connect()
  socket.write(head(await signToken(), [`Content-Length: ${bytes.length}`, 'Expect: 100-continue']))
  await readUntil(socket, /100 Continue/)
  for (const byte of bytes) socket.write(Buffer.of(byte))
  expect(await readUntil(socket, /\}$/)).toMatch(/^HTTP\/1\.1 200 /)
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({ body, bodySize: bytes.length })
})

test('a body without an end is cut at the limit', async () => {
  const socket = connect()
  socket.write(head(await signToken(), ['Transfer-Encoding: chunked']))
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
  const flood = () => {
    while (socket.write(chunk));
    socket.once('drain', flood)
  }
  flood()
  expect(await readUntil(socket, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 413 /)
  expect(await rejections()).toEqual(['body_too_large 1'])
})

test('a body is not taken off the connection before its token has been checked', async () => {
  const readable = vi.fn()
  server.once('request', (request: NodeJS.ReadableStream) => request.on('data', readable).pause())
  const { status } = await post({ token: 'a.b.c', body: partnershipBody() })
  expect(status).toBe(401)
  expect(readable).not.toHaveBeenCalled()
})

test('a connection goes on after a refusal that left the body unread', async () => {
  const body = partnershipBody()
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const socket = connect()
  socket.write(head('a.b.c', [length]) + body)
  expect(await readUntil(socket, /\}$/)).toMatch(/^HTTP\/1\.1 401 /)
  socket.write(head(await signToken(), [length]) + body)
  expect(await readUntil(socket, /\}$/)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a connection goes on after a body that was cut at the limit', async () => {
  const socket = connect()
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
  socket.write(head(await signToken(), ['Transfer-Encoding: chunked']))
  for (let sent = 0; sent < 3 * LIMIT; sent += 65_536) socket.write(chunk)
  socket.write('0\r\n\r\n')
  expect(await readUntil(socket, /\}$/)).toMatch(/^HTTP\/1\.1 413 /)
  const body = partnershipBody()
  socket.write(head(await signToken(), [`Content-Length: ${Buffer.byteLength(body)}`]) + body)
  expect(await readUntil(socket, /\}$/)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a connection that breaks amid the body leaves nothing behind', async () => {
  const socket = connect()
  socket.write(head(await signToken(), ['Content-Length: 100', 'Expect: 100-continue']))
  await readUntil(socket, /100 Continue/)
  socket.write('{"partnership":')
  socket.destroy()
  await vi.waitFor(async () => expect(await rejections()).toEqual(['body_incomplete 1']), 10_000)
  expect(await db().webhookEvent.count()).toBe(0)
})
