import { beforeEach, expect, test } from 'vitest'
import { applyVariables, processVariables } from '@/lib/env'
import { postEvent } from '@/lib/redelivery/post-event'
import { outsideDns } from '../../support/outside-dns'
import { outsideServer, rawServer } from '../../support/outside-server'
import {
  deliveriesOf,
  emptyRedelivery,
  findRun,
  isFinished,
  newDestination,
  newRun,
  redeliverUntil,
  storeManyEvents,
} from '../../support/redelivery'
import { storeEvent } from '../../support/store-event'
import { db } from '@/lib/db'

const POSTING = {
  secret: 'a secret of somebody',
  claims: { event_id: 'partner_updated' },
  body: '{}',
  eventId: '00000000-0000-7000-8000-000000000000',
  deliveryId: 'x.1',
  attempt: 1,
}

beforeEach(emptyRedelivery)

const post = (address: string, resolve?: Parameters<typeof postEvent>[2]) =>
  postEvent({ ...POSTING, address }, new AbortController().signal, resolve)

test('of an answer without end the first 4 KB are kept, and the delivery counts', async () => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-length': String(10 ** 17) })
    const chunk = Buffer.alloc(65_536, 'é')
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  })
  const answer = await post(outside.url)
  expect(answer).toMatchObject({ httpStatus: 200, errorCode: null, responseCut: true })
  expect(answer.response).toBe('é'.repeat(2_048))
})

test('an answer that Postgres could not store is made storable, and shown as text', async () => {
  const outside = await outsideServer((_request, response) => {
    response.end(Buffer.from('<script>a\0b</script>\xff\xfe', 'latin1'))
  })
  await storeEvent()
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(() => isFinished(run.id))
  expect((await db().deliveryAttempt.findFirstOrThrow()).response).toBe(
    '<script>a\uFFFDb</script>\uFFFD\uFFFD',
  )
})

test('a compressed answer that swells is not unpacked beyond its beginning', async () => {
  const { gzipSync } = await import('node:zlib')
  const bomb = gzipSync(Buffer.alloc(50_000_000, 'a'))
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  const answer = await post(outside.url)
  expect(answer).toMatchObject({ httpStatus: 200, responseCut: true })
  expect(answer.response).toHaveLength(4_096)
})

test('an answer in an encoding that nobody asked for still says by its status what became of the event', async () => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'zstd' }).end('x')
  })
  expect(await post(outside.url)).toMatchObject({ httpStatus: 200, errorCode: null, response: '' })
})

test.each([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', 'bad_answer'],
  ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}`, 'bad_answer'],
  ['nothing, and the end', '', 'bad_answer'],
  [
    'another protocol',
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    'bad_answer',
  ],
])('%s is a failure that may pass', async (_name, bytes, code) => {
  const outside = await rawServer((socket) => socket.end(bytes))
  expect(await post(outside.url)).toMatchObject({
    errorCode: code,
    httpStatus: null,
    passing: true,
    response: null,
  })
})

test('receivers that never answer hold up no other one', async () => {
  await storeManyEvents(40)
  for (let silent = 0; silent < 2; silent++) {
    const outside = await rawServer(() => undefined)
    await newRun(await newDestination(outside.url, { atOnce: '10' }))
  }
  const healthy = await outsideServer((_request, response) => response.end())
  const run = await newRun(await newDestination(healthy.url))
  await redeliverUntil(() => isFinished(run))
  expect(await findRun(run)).toMatchObject({ delivered: 40 })
})

test('a body that is broken off after its status changes nothing about it', async () => {
  const outside = await rawServer((socket) =>
    socket.end('HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\nhalf'),
  )
  expect(await post(outside.url)).toMatchObject({
    httpStatus: 202,
    errorCode: null,
    response: 'half',
  })
})

test('inner addresses are refused however they are written, before anything is sent', async () => {
  for (const host of ['10.0.0.1', '0xa.1', '167772161', '[::ffff:10.0.0.1]', '169.254.169.254']) {
    expect(await post(`http://${host}/`), host).toMatchObject({
      errorCode: 'inner_address',
      passing: false,
    })
  }
  for (const address of ['file:///etc/passwd', 'http://a:b@example.com/', 'gopher://x/']) {
    expect((await post(address)).errorCode, address).toBe('bad_address')
  }
})

test('a name that leads to an inner address, or does so later, is refused inside the connection', async () => {
  const outside = await outsideServer((_request, response) => response.end('ok'))
  const inner = await outsideDns('10.0.0.1')
  expect(await post('http://inner.example/', inner.resolve)).toMatchObject({
    errorCode: 'inner_address',
  })
  const changing = await outsideDns('127.0.0.1', '10.0.0.1')
  const address = `http://changing.example:${outside.port}/`
  expect(await post(address, changing.resolve)).toMatchObject({ httpStatus: 200 })
  expect(await post(address, changing.resolve)).toMatchObject({ errorCode: 'inner_address' })
})

test('an address that has become an inner one makes its deliveries dead at once, and says why', async () => {
  await storeEvent()
  const destination = await newDestination('https://crm.example/hook')
  await db().destination.update({
    where: { id: destination },
    data: { address: 'http://0xa.1/hook' },
  })
  const run = await findRun(await newRun(destination))
  await redeliverUntil(() => isFinished(run.id))
  expect(await deliveriesOf(run.seq)).toMatchObject([
    { state: 'dead', attempts: 1, errorCode: 'inner_address', errorMessage: expect.any(String) },
  ])
})

test('nothing is sent to this machine while the switch for it is off, whenever the destination was made', async () => {
  const outside = await outsideServer((_request, response) => response.end('ok'))
  await storeEvent()
  const destination = await newDestination(outside.url)
  applyVariables(processVariables({ REDELIVERY_ALLOW_LOOPBACK: '' }))
  try {
    for (const host of ['127.0.0.1', 'localhost.', '[::1]', '2130706433']) {
      const made = newDestination(`http://${host}:${outside.port}/`, { name: host })
      await expect(made, host).rejects.toThrow('is not among the allowed hosts')
    }
    await expect(newDestination('http://127.0.0.1/')).rejects.toThrow(
      '127.0.0.1 is not an address of the public internet.',
    )
    const dns = await outsideDns('127.0.0.1')
    expect(await post('http://loopback.example/', dns.resolve)).toMatchObject({
      errorCode: 'inner_address',
    })
    const run = await findRun(await newRun(destination))
    await redeliverUntil(() => isFinished(run.id))
    expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'dead', attempts: 1 }])
    expect(outside.connections()).toBe(0)
  } finally {
    applyVariables(processVariables({ REDELIVERY_ALLOW_LOOPBACK: 'true' }))
  }
})
