import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { MAX_OPEN, takeSlot } from '@/lib/fetching/fetch-slots'
import { projectBatch } from '@/lib/projector/project-batch'
import { listDeadLetters } from '@/lib/queries/redelivery/list-dead-letters'
import { findDelivery, listDeliveries } from '@/lib/queries/redelivery/list-deliveries'
import { listEventDeliveries } from '@/lib/queries/redelivery/list-event-deliveries'
import { findRedelivery } from '@/lib/queries/redelivery/list-redeliveries'
import { controlRedelivery } from '@/lib/redelivery/control-redelivery'
import { sendAgain } from '@/lib/redelivery/send-again'
import { insertEvents } from '../../support/insert-events'
import { outsideServer } from '../../support/outside-server'
import {
  asAdministrator,
  deliveriesOf,
  emptyRedelivery,
  findRun,
  isFinished,
  makeRetriesDue,
  newDestination,
  newRun,
  redeliverUntil,
} from '../../support/redelivery'
import { receiver } from '../../support/redelivery-receiver'
import { messageBody } from '../../support/sample-bodies'
import { storeEvent } from '../../support/store-event'

beforeEach(emptyRedelivery)

test('when there is no place for one more request, it is no try of the receiver’s', async () => {
  const outside = await receiver()
  await storeEvent()
  const run = await findRun(await newRun(await newDestination(outside.url)))
  const places = Array.from({ length: MAX_OPEN }, () => takeSlot())
  try {
    await redeliverUntil(async () => (await db().deliveryAttempt.count()) > 0)
    expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'retrying', tries: 0 }])
    expect(await db().deliveryAttempt.findFirst()).toMatchObject({
      errorCode: 'busy',
      finishedAt: expect.any(Date),
    })
  } finally {
    for (const release of places) release()
  }
  await makeRetriesDue()
  await redeliverUntil(() => isFinished(run.id))
  expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'delivered', tries: 1 }])
})

test('of a cancelled run nothing is said to be on its way', async () => {
  const outside = await receiver(({ body }) => (body === '{"n":0}' ? 503 : 200))
  for (const n of [0, 1]) await storeEvent({ body: `{"n":${n}}` })
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(async () =>
    (await deliveriesOf(run.seq)).some(({ state }) => state === 'retrying'),
  )
  await redeliverUntil(async () => (await findRun(run.id)).delivered === 1)
  const told = () => asAdministrator(() => findRedelivery(run.id))
  expect(await told()).toMatchObject({ retrying: 1, nextTryAt: expect.any(Date) })
  await asAdministrator(() => controlRedelivery(run.id, 'cancel'))
  const nothing = { sending: 0, retrying: 0, nextTryAt: null, waiting: 1 }
  expect(await told()).toMatchObject(nothing)
  // As a process leaves it that is killed.
  await db().$executeRaw`
    UPDATE delivery SET state = 'sending', next_attempt_at = now() WHERE state = 'retrying'`
  expect(await told()).toMatchObject(nothing)
  const { rows } = await asAdministrator(() => listDeliveries(String(run.seq), null, {}))
  expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'delivered'])
})

test('a run says of how many deleted messages it has sent the text', async () => {
  const outside = await outsideServer((request, response) => void request.pipe(response))
  const stored = messageBody({ uuid: 'gone', content: 'Zwetschgenmus' })
  const [created] = await insertEvents([
    { eventType: 'message_created', body: stored },
    { eventType: 'message_deleted', body: stored },
    { eventType: 'message_created', body: messageBody({ uuid: 'stays' }) },
  ])
  await projectBatch()
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(() => isFinished(run.id))
  expect(await findRun(run.id)).toMatchObject({ total: 3, ofDeleted: 2 })
  const shown = await asAdministrator(() => findDelivery(String(run.seq), created!.id))
  expect(shown).toMatchObject({ textWithheld: true, tried: [{ httpStatus: 200, response: null }] })
})

test('what is dead is listed across runs, the newest first, of all destinations or of one', async () => {
  const outside = await receiver(({ url }) => (url === '/a' ? 422 : 410))
  const [a, b] = [
    await newDestination(`${outside.url}/a`, { name: 'A' }),
    await newDestination(`${outside.url}/b`, { name: 'B' }),
  ]
  const events = [await storeEvent(), await storeEvent(), await storeEvent()]
  const runs = [await newRun(a), await newRun(b), await newRun(a)]
  await redeliverUntil(async () => (await Promise.all(runs.map(isFinished))).every(Boolean))

  const list = (...args: Parameters<typeof listDeadLetters>) =>
    asAdministrator(() => listDeadLetters(...args))
  const all = [...runs]
    .reverse()
    .flatMap((runId) => [...events].reverse().map(({ id }) => ({ runId, eventId: id })))
  const walked = []
  let page = await list({}, undefined, 4)
  expect(page.previousCursor).toBeNull()
  for (;;) {
    walked.push(...page.rows.map(({ runId, eventId }) => ({ runId, eventId })))
    if (page.nextCursor === null) break
    page = await list({ after: page.nextCursor }, undefined, 4)
  }
  expect(walked).toEqual(all)
  const back = await list({ before: page.previousCursor! }, undefined, 4)
  expect(back.rows.map(({ runId, eventId }) => ({ runId, eventId }))).toEqual(all.slice(4, 8))
  const ofB = await list({}, b)
  expect(ofB.rows.map(({ runId }) => runId)).toEqual(Array(3).fill(runs[1]))
  expect(ofB.rows[0]).toMatchObject({ destination: 'B', httpStatus: 410, isCancelled: false })
  await expect(list({}, 'B')).rejects.toThrow('The destination in this address is none.')
  await expect(list({ after: 'nowhere' })).rejects.toThrow('does not exist')
  await expect(listDeadLetters({})).rejects.toThrow()

  await asAdministrator(() => sendAgain(runs[1]!, events[0]!.id))
  expect((await list({})).rows).toHaveLength(8)
})

test('an event tells where it was sent to', async () => {
  const outside = await receiver(({ url }) => (url === '/a' ? 200 : 410))
  const { id, seq } = await storeEvent()
  await storeEvent()
  const runs: string[] = []
  for (const path of ['a', 'b']) {
    const destination = await newDestination(`${outside.url}/${path}`, { name: path })
    runs.push(await newRun(destination, { ids: [id] }))
  }
  await redeliverUntil(async () => (await Promise.all(runs.map(isFinished))).every(Boolean))
  expect(await asAdministrator(() => listEventDeliveries(String(seq)))).toMatchObject([
    { runId: runs[1], destination: 'b', state: 'dead', httpStatus: 410, attempts: 1 },
    { runId: runs[0], destination: 'a', state: 'delivered', httpStatus: 200 },
  ])
  expect(await asAdministrator(() => listEventDeliveries(String(seq + 1n)))).toEqual([])
  await expect(listEventDeliveries(String(seq))).rejects.toThrow()
})
