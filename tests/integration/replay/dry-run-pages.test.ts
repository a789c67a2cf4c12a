import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { drainPending } from '@/lib/projector/drain-pending'
import { lastSeq } from '@/lib/replay/create-run'
import { dryRun } from '@/lib/replay/dry-run'
import type { DryRunReport, RowChange } from '@/lib/replay/dry-run-report'
import { insertEvents } from '../../support/insert-events'
import { messageBody } from '../../support/sample-bodies'
import { watchPlans } from '../../support/watch-plans'

const ROWS = 450

test('a dry run of many rows compares each table once, hands the rows on in order, each once, and counts those beyond', async () => {
  await insertEvents(
    Array.from({ length: ROWS }, (_, index) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${String(index).padStart(3, '0')}` }),
    })),
  )
  await drainPending()
  await db().$executeRaw`UPDATE message SET content = 'Wrong'`
  await db().$executeRaw`UPDATE author SET email = 'wrong'`

  const pages: RowChange[][] = []
  let report: DryRunReport | undefined
  const queries = await watchPlans(async () => {
    report = await dryRun(
      { filter: EVERY_EVENT, retryOfId: null, repairOfId: null, upperSeq: await lastSeq() },
      { rows: ROWS - 10, onRows: async (page) => void pages.push(page) },
    )
  })

  const compared = queries.filter(({ sql }) => sql.includes('JOIN public.message l ON'))
  expect(compared).toHaveLength(1)
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.flat().map(({ key }) => key.uuid)).toEqual(
    Array.from({ length: ROWS - 10 }, (_, index) => `message_${String(index).padStart(3, '0')}`),
  )
  expect(report?.tables).toContainEqual({ table: 'message', added: 0, changed: ROWS, removed: 0 })
  // It comes after the messages, of which not all are wanted any more.
  expect(report?.tables).toContainEqual({ table: 'author', added: 0, changed: 1, removed: 0 })
  expect(report?.rowsShown).toBe(ROWS - 10)
})
