import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { FillTakenOverError, fillShadow } from '@/lib/replay/fill-shadow'
import { REBUILD_SHADOW } from '@/lib/replay/rebuild/rebuild-read-model'
import { dropShadowFill, openShadowFill, type ShadowFill } from '@/lib/replay/shadow-fill'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { partnershipBody } from '../../support/sample-bodies'

const OPTIONS = {
  signal: new AbortController().signal,
  onBegin: async () => undefined,
  onBatch: async () => undefined,
}
const WAIT = { timeout: 20_000, interval: 20 }
const OUTCOMES = Prisma.raw(`"${REBUILD_SHADOW}".fill_outcome`)

beforeEach(emptyEverything)

test('who goes on with a fill that another process has taken over meets what it has written, and stops', async () => {
  // Of one subject, and so of one half; they end otherwise than their rows say, which is noted for each.
  const events = await insertEvents(
    Array.from({ length: 6 }, (_, index) => ({
      eventType: 'partner_updated',
      body: partnershipBody({ company_name: `Name ${index}` }),
      status: 'unsupported' as const,
    })),
  )
  const upTo = events.at(-1)!.seq
  const fill = await openShadowFill(REBUILD_SHADOW, randomUUID(), OPTIONS.onBegin)
  try {
    let late: Promise<unknown> | undefined
    await fillShadow(fill, upTo, {
      ...OPTIONS,
      // Its batch is written and not yet committed: now somebody who knows the fill as it was before writes the same.
      onBatch: async () => {
        await vi.waitFor(() => expect(fill.cursors.map(({ seq }) => seq)).toContain(upTo), WAIT)
        const stale: ShadowFill = { ...fill, cursors: [...fill.cursors] }
        late = fillShadow(stale, upTo, OPTIONS).catch((error: unknown) => error)
        await vi.waitFor(async () => expect(await isAnyoneWaiting()).toBe(true), WAIT)
      },
    })
    expect(await late).toBeInstanceOf(FillTakenOverError)
    const noted = await db().$queryRaw<{ seq: bigint; outcome: string }[]>`
      SELECT seq, outcome FROM ${OUTCOMES} ORDER BY seq`
    expect(noted).toEqual(events.map(({ seq }) => ({ seq, outcome: 'applied' })))
    await db().$executeRaw`UPDATE webhook_event SET status = 'pending'`
    await drainPending()
    const live = await dumpReadModel()
    expect(await dumpReadModel(db(), REBUILD_SHADOW)).toEqual(live)
  } finally {
    await dropShadowFill(REBUILD_SHADOW)
  }
})

async function isAnyoneWaiting(): Promise<boolean> {
  const waiting = await db().$queryRaw<unknown[]>`
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length > 0
}
