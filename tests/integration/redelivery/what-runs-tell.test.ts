import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { MAX_OPEN, takeSlot } from '@/lib/fetching/fetch-slots'
import { projectBatch } from '@/lib/projector/project-batch'
import { findDelivery, listDeliveries } from '@/lib/queries/redelivery/list-deliveries'
import { findRedelivery } from '@/lib/queries/redelivery/list-redeliveries'
import { controlRedelivery } from '@/lib/redelivery/control-redelivery'
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
