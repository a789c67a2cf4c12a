import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import jwt from 'jsonwebtoken'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { claimDeliveries } from '@/lib/redelivery/claim-deliveries'
import { controlRedelivery } from '@/lib/redelivery/control-redelivery'
import { listRunEvents } from '@/lib/redelivery/list-run-events'
import { MAX_TRIES } from '@/lib/redelivery/redelivery-delay'
import { sendAgain } from '@/lib/redelivery/send-again'
import { setDestinationEnabled } from '@/lib/redelivery/write-destinations'
import { outsideServer } from '../../support/outside-server'
import { receiver } from '../../support/redelivery-receiver'
import {
  asAdministrator,
  deliveriesOf,
  DESTINATION_SECRET,
  emptyRedelivery,
  findRun,
  isFinished,
  makeRetriesDue,
  newDestination,
  newRun,
  redeliverUntil,
} from '../../support/redelivery'
import { storeEvent } from '../../support/store-event'

beforeEach(emptyRedelivery)

async function storeEvents(count: number) {
  const stored: { id: string }[] = []
  for (let i = 0; i < count; i++) stored.push(await storeEvent({ body: `{"n":${i}}` }))
  return stored
}

test('an event arrives as JourneyBee sent it: the same bytes and claims, a fresh token, and the ids of both', async () => {
  const outside = await receiver()
  const body = '{ "deal" : 12345678901234567890, "name":"Ünï \\u0000 🐝", "deal":1 }'
  const claims = { company_uuid: 'company_a', user_uuid: 'u', event_id: 'deal_created', n: 1 }
  const { id, seq } = await storeEvent({
    body,
    eventType: 'deal_created\r\nx-evil: 1',
    claims: { ...claims, api_key: '[redacted]', external_settings: '[redacted]', iat: 1, exp: 2 },
  })
  const runId = await newRun(await newDestination(`${outside.url}/hook?a=b#c`))
  await redeliverUntil(() => isFinished(runId))

  const [got, ...others] = outside.received
  expect(others).toEqual([])
  expect(got).toMatchObject({ method: 'POST', url: '/hook?a=b', body })
  const { headers } = got!
  expect(headers['content-type']).toBe('application/json')
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
  expect(headers['waggle-event-id']).toBe(id)
  expect(headers['waggle-delivery-id']).toBe(`${runId}.${seq}`)
  expect(headers['waggle-attempt']).toBe('1')
  expect(headers['x-evil']).toBeUndefined()
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')![1]!
  const verified = jwt.verify(token, DESTINATION_SECRET, { algorithms: ['HS256'] })
  const { iat, exp, ...rest } = verified as jwt.JwtPayload
  expect(rest).toEqual(claims)
  expect(exp! - iat!).toBe(3_600)
  expect(await findRun(runId)).toMatchObject({ total: 1, delivered: 1, dead: 0, listed: true })
})

test('in order, nothing is sent before what came before it is delivered or dead', async () => {
  const refusals = new Map([
    ['{"n":1}', [503, 500]],
    ['{"n":3}', [400]],
  ])
  const outside = await receiver(({ body }) => refusals.get(body)?.shift() ?? 200)
  await storeEvents(6)
  const id = await newRun(await newDestination(outside.url, { order: 'in_order', atOnce: '9' }))
  await redeliverUntil(async () => {
    await makeRetriesDue()
    return isFinished(id)
  }, 3)
  expect(outside.received.map(({ body }) => JSON.parse(body).n)).toEqual([0, 1, 1, 1, 2, 3, 4, 5])
  expect(outside.mostAtOnce()).toBe(1)
  expect(await findRun(id)).toMatchObject({ total: 6, delivered: 5, dead: 1 })
})

test('a later run to a destination in order waits for the earlier one; a paused one steps aside', async () => {
  const outside = await receiver()
  const [first, second] = await storeEvents(2)
  const destination = await newDestination(outside.url, { order: 'in_order' })
  const early = await newRun(destination, { ids: [first!.id] })
  const late = await newRun(destination, { ids: [second!.id] })
  await asAdministrator(() => controlRedelivery(early, 'pause'))
  await redeliverUntil(() => isFinished(late))
  expect(outside.received.map(({ body }) => body)).toEqual(['{"n":1}'])

  await asAdministrator(() => controlRedelivery(early, 'resume'))
  const third = await newRun(destination, { ids: [second!.id] })
  await redeliverUntil(() => isFinished(third))
  expect(outside.received.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":0}', '{"n":1}'])
})

test('in parallel no more than so many are under way, whichever processes share the work, and each once', async () => {
  const outside = await receiver()
  await storeEvents(60)
  const id = await newRun(await newDestination(outside.url, { atOnce: '3' }))
  await redeliverUntil(() => isFinished(id), 4)
  expect(outside.mostAtOnce()).toBeLessThanOrEqual(3)
  expect(new Set(outside.received.map(({ body }) => body)).size).toBe(60)
  expect(outside.received).toHaveLength(60)
})

test('what passes is tried again so often and then counts as dead; what does not is dead at once', async () => {
  const status = new Map([
    ['{"n":0}', 503],
    ['{"n":1}', 422],
    ['{"n":2}', 200],
  ])
  const outside = await receiver(({ body }) => status.get(body)!)
  await storeEvents(3)
  const id = await newRun(await newDestination(outside.url))
  await redeliverUntil(async () => {
    await makeRetriesDue()
    return isFinished(id)
  })
  const run = await findRun(id)
  expect(run).toMatchObject({ total: 3, delivered: 1, dead: 2 })
  expect(await deliveriesOf(run.seq)).toMatchObject([
    { state: 'dead', attempts: MAX_TRIES, httpStatus: 503, errorCode: 'status' },
    { state: 'dead', attempts: 1, httpStatus: 422, errorMessage: 'It answered 422.' },
    { state: 'delivered', attempts: 1, httpStatus: 200, errorCode: null },
  ])
  const attempts = await db().deliveryAttempt.findMany({ orderBy: [{ eventSeq: 'asc' }] })
  expect(attempts).toHaveLength(MAX_TRIES + 2)
  expect(attempts.every(({ finishedAt, response }) => finishedAt && response === 'noted')).toBe(
    true,
  )

  // The receiver has been mended.
  status.set('{"n":0}', 200).set('{"n":1}', 200)
  expect(await asAdministrator(() => sendAgain(id))).toBe(2)
  expect(await findRun(id)).toMatchObject({ status: 'running', finishedAt: null, dead: 0 })
  await redeliverUntil(() => isFinished(id))
  expect(await findRun(id)).toMatchObject({ total: 3, delivered: 3, dead: 0 })
  const counts = outside.received.map(({ body }) => body).filter((body) => body === '{"n":2}')
  expect(counts, 'what was delivered is not sent again').toHaveLength(1)
  await expect(asAdministrator(() => sendAgain(id))).rejects.toThrow('nothing dead')
})

test('one of the dead can be sent again by itself', async () => {
  let status = 404
  const outside = await receiver(() => status)
  const [one] = await storeEvents(2)
  const id = await newRun(await newDestination(outside.url))
  await redeliverUntil(() => isFinished(id))
  status = 200
  expect(await asAdministrator(() => sendAgain(id, one!.id))).toBe(1)
  await redeliverUntil(() => isFinished(id))
  expect(await findRun(id)).toMatchObject({ total: 2, delivered: 1, dead: 1 })
})

test('Retry-After is heeded within bounds', async () => {
  const outside = await outsideServer((_request, response) => {
    response.writeHead(429, { 'retry-after': '1800' }).end()
  })
  await storeEvents(1)
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(async () => (await deliveriesOf(run.seq))[0]?.state === 'retrying')
  const [delivery] = await deliveriesOf(run.seq)
  expect(delivery!.nextAttemptAt.getTime() - Date.now()).toBeGreaterThan(1_700_000)
  expect(outside.requests).toHaveLength(1)
})

test('a redirect is a failure that says so, and nothing goes to where it leads', async () => {
  const other = await receiver()
  const outside = await outsideServer((_request, response) => {
    response.writeHead(307, { location: other.url }).end()
  })
  await storeEvents(1)
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(() => isFinished(run.id))
  expect(other.received).toEqual([])
  expect((await deliveriesOf(run.seq))[0]).toMatchObject({
    state: 'dead',
    httpStatus: 307,
    errorMessage: expect.stringContaining('redirect'),
  })
})

test('a paused run sends nothing more, a cancelled one never again; nobody can undo that', async () => {
  const held: ServerResponse[] = []
  const outside = await outsideServer((_request, response) => void held.push(response))
  await storeEvents(5)
  const run = await findRun(await newRun(await newDestination(outside.url, { atOnce: '1' })))
  const state = () => deliveriesOf(run.seq).then((all) => all.map((each) => each.state))
  await redeliverUntil(async () => {
    if (held.length === 0) return false
    if ((await findRun(run.id)).status === 'running') {
      await asAdministrator(() => controlRedelivery(run.id, 'pause'))
    }
    held.forEach((response) => response.end())
    return (await state()).includes('delivered')
  })
  expect(await state()).toEqual(['delivered', 'waiting', 'waiting', 'waiting', 'waiting'])
  await asAdministrator(() => controlRedelivery(run.id, 'cancel'))
  await expect(asAdministrator(() => controlRedelivery(run.id, 'resume'))).rejects.toThrow(
    'The run is cancelled by now.',
  )
  await expect(asAdministrator(() => sendAgain(run.id))).rejects.toThrow('cancelled')
  expect(await claimDeliveries(run.destinationId, 10)).toEqual([])
  expect(outside.requests).toHaveLength(1)
})

test('a disabled destination is sent nothing, and goes on when it is enabled', async () => {
  const outside = await receiver()
  await storeEvents(1)
  const destination = await newDestination(outside.url)
  const id = await newRun(destination)
  await asAdministrator(() => setDestinationEnabled(destination, false))
  await redeliverUntil(async () => (await findRun(id)).listed)
  expect(await claimDeliveries(destination, 10)).toEqual([])
  await expect(newRun(destination)).rejects.toThrow('disabled')
  await asAdministrator(() => setDestinationEnabled(destination, true))
  await redeliverUntil(() => isFinished(id))
  expect(outside.received).toHaveLength(1)
})

test('what arrives after the start is not part of a run, and a filter chooses what is', async () => {
  const outside = await receiver()
  const wanted = await storeEvent({ companyUuid: 'company_b' })
  await storeEvents(3)
  const id = await newRun(await newDestination(outside.url), { company: 'company_b' })
  await storeEvent({ companyUuid: 'company_b' })
  await redeliverUntil(() => isFinished(id))
  expect(outside.received.map(({ headers }) => headers['waggle-event-id'])).toEqual([wanted.id])
})

test('an order that nothing matches is refused, and nothing is kept of it', async () => {
  const destination = await newDestination('http://127.0.0.1:9/')
  await expect(newRun(destination)).rejects.toThrow('No event matches: there is nothing to send.')
  await storeEvents(1)
  await expect(newRun(destination, { company: 'nobody' })).rejects.toThrow('No event matches')
  expect(await db().redeliveryRun.count()).toBe(0)
})

test('the rate spaces requests out evenly, and one process knows what another has used', async () => {
  await storeEvents(9)
  const destination = await newDestination('http://127.0.0.1:9/', {
    atOnce: '10',
    ratePerSecond: '4',
  })
  await newRun(destination)
  await listRunEvents()
  const claimed = await claimDeliveries(destination, 12)
  const [first, ...others] = claimed
  expect(claimed.map(({ eventSeq }) => eventSeq)).toEqual(
    (await deliveriesOf(first!.runSeq)).slice(0, 5).map(({ eventSeq }) => eventSeq),
  )
  expect(others.map(({ sendAt }) => Math.round(sendAt - first!.sendAt))).toEqual([
    250, 500, 750, 1_000,
  ])
  // Whoever comes later than a moment afterwards finds places again: behind those that are given out.
  const later = await claimDeliveries(destination, 12)
  expect(later.filter(({ sendAt }) => sendAt < first!.sendAt + 1_000)).toEqual([])
})

test.each([
  ['', 0],
  [', also where the cut goes through it', 4_000],
])(
  'neither the secret nor a token is written anywhere, though the receiver says both%s',
  async (_name, before) => {
    const outside = await outsideServer((request: IncomingMessage, response) => {
      const { headers } = request
      const [, signature] = /\.([^.]*)$/.exec(headers.authorization!)!
      const pieces = [headers.authorization, headers, `not ${DESTINATION_SECRET}`, signature]
      response.writeHead(401).end('x'.repeat(before) + JSON.stringify(pieces))
    })
    await storeEvents(1)
    const id = await newRun(await newDestination(outside.url))
    await redeliverUntil(() => isFinished(id))
    const token = outside.requests[0]!.headers.authorization!.slice('Bearer '.length)
    const rows = await db().$queryRaw<{ line: string }[]>`
    SELECT to_jsonb(t)::text AS line FROM destination t
    UNION ALL SELECT to_jsonb(t)::text FROM redelivery_run t
    UNION ALL SELECT to_jsonb(t)::text FROM delivery t
    UNION ALL SELECT to_jsonb(t)::text FROM delivery_attempt t`
    const written = rows.map(({ line }) => line).join('\n')
    expect(rows).toHaveLength(4)
    const hex = Buffer.from(DESTINATION_SECRET).toString('hex')
    const hash = createHash('sha256').update(DESTINATION_SECRET).digest('hex')
    const signature = token.slice(token.lastIndexOf('.') + 1)
    for (const secret of [
      DESTINATION_SECRET,
      hex,
      hash.slice(0, 16),
      token,
      signature.slice(0, 8),
    ]) {
      expect(written).not.toContain(secret)
    }
    expect(written).toContain('Bearer [redacted]')
  },
)
