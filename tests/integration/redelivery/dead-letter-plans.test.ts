import { beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { listDeadLetters } from '@/lib/queries/redelivery/list-dead-letters'
import { listEventDeliveries } from '@/lib/queries/redelivery/list-event-deliveries'
import { encodeCursor } from '@/lib/pagination'
import { asAdministrator, newDestination, newRun, storeManyEvents } from '../../support/redelivery'
import { rowsRead, scansOf, watchPlans } from '../../support/watch-plans'

const EVENTS = 20_000
const RUNS = 4
const PAGE = 50

let destination = ''
let middle = { run: 0n, event: 0n }

// Of a hundred deliveries one is dead: with more of them every index would do.
beforeAll(async () => {
  await storeManyEvents(EVENTS)
  destination = await newDestination('https://crm.example/a', { name: 'A' })
  const other = await newDestination('https://crm.example/b', { name: 'B' })
  for (let run = 0; run < RUNS; run++) await newRun(run % 2 === 0 ? destination : other)
  await db().$executeRaw`
    INSERT INTO delivery (run_seq, event_seq, destination_id, state)
    SELECT r.seq, e.seq, r.destination_id,
      CASE WHEN e.seq % 100 = 0 THEN 'dead' ELSE 'delivered' END::delivery_state
    FROM redelivery_run r CROSS JOIN webhook_event e`
  await db().$executeRaw`VACUUM ANALYZE delivery, webhook_event, redelivery_run, destination`
  const [run] = await db().redeliveryRun.findMany({ orderBy: { seq: 'asc' }, skip: 1, take: 1 })
  middle = { run: run!.seq, event: run!.upperSeq / 2n }
})

test('a page of the dead reads no more than it shows of each destination, at any depth', async () => {
  const place = encodeCursor([String(middle.run), String(middle.event)])
  for (const of of [undefined, destination]) {
    for (const position of [{}, { after: place }, { before: place }]) {
      const queries = await watchPlans(async () => {
        const page = await asAdministrator(() => listDeadLetters(position, of))
        expect(page.rows).toHaveLength(PAGE)
      })
      const scans = queries.flatMap(({ plan }) => scansOf(plan))
      const read = scans.filter((scan) => scan['Relation Name'] === 'delivery').map(rowsRead)
      expect(read.length).toBeGreaterThan(0)
      expect(Math.max(...read)).toBeLessThanOrEqual(2 * (PAGE + 1))
    }
  }
})

test('the deliveries of an event are found by it', async () => {
  const queries = await watchPlans(async () => {
    const found = await asAdministrator(() => listEventDeliveries(String(middle.event)))
    expect(found).toHaveLength(RUNS)
  })
  const scans = queries.flatMap(({ plan }) => scansOf(plan))
  const read = scans.filter((scan) => scan['Relation Name'] === 'delivery').map(rowsRead)
  expect(read).toEqual([RUNS])
})
