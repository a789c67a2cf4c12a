import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { listRunEvents } from '@/lib/redelivery/list-run-events'
import { receiver } from '../../support/redelivery-receiver'
import {
  emptyRedelivery,
  findRun,
  isFinished,
  newDestination,
  newRun,
  redeliverUntil,
  storeManyEvents,
} from '../../support/redelivery'
import { storeEvent } from '../../support/store-event'

beforeEach(emptyRedelivery)

test('a large log is listed in stretches, one transaction each, without waiting for what is sent', async () => {
  await storeManyEvents(25_000)
  const run = await findRun(await newRun(await newDestination('http://127.0.0.1:9/')))
  const totals = []
  while (await listRunEvents()) totals.push((await findRun(run.id)).total)
  expect(totals).toEqual([10_000, 20_000, 25_000])
  expect(await findRun(run.id)).toMatchObject({ listed: true, cursorSeq: run.upperSeq })
  expect(await db().delivery.count({ where: { runSeq: run.seq } })).toBe(25_000)
})

test('a text is looked for in so many bytes of bodies at once, of whatever size they are', async () => {
  const MIB = 1_048_576
  for (let i = 0; i < 5; i++) await storeEvent({ bodySize: 20 * MIB, body: '{"text":"wanted"}' })
  const run = await findRun(
    await newRun(await newDestination('http://127.0.0.1:9/'), { text: 'wanted' }),
  )
  const totals = []
  while (await listRunEvents()) totals.push((await findRun(run.id)).total)
  expect(totals).toEqual([2, 4, 5])
  expect(await findRun(run.id)).toMatchObject({ listed: true, cursorSeq: run.upperSeq })
})

test('runs are listed in turns, so that a long one keeps no other waiting', async () => {
  await storeManyEvents(15_000)
  const destination = await newDestination('http://127.0.0.1:9/')
  const runs = [await newRun(destination), await newRun(destination), await newRun(destination)]
  const turn = { after: 0n }
  for (let i = 0; i < 3; i++) expect(await listRunEvents(turn)).toBe(true)
  for (const id of runs) expect(await findRun(id)).toMatchObject({ total: 10_000, listed: false })
  while (await listRunEvents(turn));
  for (const id of runs) expect(await findRun(id)).toMatchObject({ total: 15_000, listed: true })
})

test('a run whose stored filter nobody understands is paused, and others go on', async () => {
  const outside = await receiver()
  await storeEvent()
  const destination = await newDestination(outside.url)
  const strange = await newRun(destination)
  await db().redeliveryRun.update({ where: { id: strange }, data: { filter: { moon: ['full'] } } })
  const id = await newRun(destination)
  await redeliverUntil(() => isFinished(id))
  expect(await findRun(strange)).toMatchObject({ status: 'paused', total: 0 })
})
