import { db, storingDb } from '@/lib/db'
import { log } from '@/lib/log'
import type { RejectionReason } from './rejection-reasons'

const MINUTE_MS = 60_000
const FLUSH_AFTER_MS = 3_000
const PURGE_EVERY_MS = 3_600_000
const KEEP_MS = 90 * 86_400_000
// While the database is away the counts wait here: about two hours of every reason at once.
const MAX_WAITING = 2_000

type Waiting = { minute: number; reason: RejectionReason; count: number }

type State = {
  waiting: Map<string, Waiting>
  timer: NodeJS.Timeout | undefined
  flushing: Promise<void> | undefined
  purgedAt: number
}

// On globalThis, so that the process that stops can flush what the route's own bundle has counted.
const holder = globalThis as unknown as { waggleRejections?: State }

function state(): State {
  return (holder.waggleRejections ??= {
    waiting: new Map(),
    timer: undefined,
    flushing: undefined,
    purgedAt: 0,
  })
}

/**
 * Counts a delivery that was turned away, by minute and reason. Counts are held in memory and written
 * together every few seconds, so that a flood of rejections is a handful of small rows.
 */
export function recordRejection(reason: RejectionReason): void {
  add(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS, reason, 1)
  scheduleFlush()
}

/**
 * Writes the counts now. Whoever stops the process calls it before the database connection is closed.
 * When the database is out of reach, the counts are kept and tried again later.
 */
export async function flushRejections(): Promise<void> {
  const held = state()
  // One after the other: a second call must also write what was counted since the first began.
  await held.flushing
  held.flushing = flush(held)
  await held.flushing
}

async function flush(held: State): Promise<void> {
  clearTimeout(held.timer)
  held.timer = undefined
  const rows = [...held.waiting.values()]
  held.waiting.clear()
  try {
    if (rows.length > 0) await write(rows)
  } catch (error) {
    for (const row of rows) add(row.minute, row.reason, row.count)
    if (held.waiting.size > 0) scheduleFlush()
    log.warn({ err: (error as Error).message }, 'counts of rejections wait for the database')
    return
  }
  // Apart: the counts are written by now, and keeping them for the next time would count them twice.
  try {
    await purge(held)
  } catch (error) {
    log.warn({ err: (error as Error).message }, 'old counts of rejections could not be purged')
  }
}

async function write(rows: Waiting[]): Promise<void> {
  const json = JSON.stringify(
    rows.map((row) => ({ ...row, minute: new Date(row.minute).toISOString() })),
  )
  // Ordered, so that two processes that write the same rows can't deadlock.
  await storingDb().$executeRaw`
    INSERT INTO rejection AS r (minute, reason, count)
    SELECT x.minute, x.reason, x.count
    FROM json_to_recordset(${json}::json) AS x(minute timestamptz, reason text, count bigint)
    ORDER BY x.minute, x.reason
    ON CONFLICT (minute, reason) DO UPDATE SET count = r.count + excluded.count`
}

async function purge(held: State): Promise<void> {
  const now = Date.now()
  if (now - held.purgedAt < PURGE_EVERY_MS) return
  held.purgedAt = now
  await db().rejection.deleteMany({ where: { minute: { lt: new Date(now - KEEP_MS) } } })
}

function add(minute: number, reason: RejectionReason, count: number): void {
  const { waiting } = state()
  const key = `${minute} ${reason}`
  const known = waiting.get(key)
  if (known) known.count += count
  else {
    // The oldest count goes: what happens now is what somebody will want to know.
    if (waiting.size >= MAX_WAITING) waiting.delete(waiting.keys().next().value as string)
    waiting.set(key, { minute, reason, count })
  }
}

function scheduleFlush(): void {
  const held = state()
  if (held.timer) return
  held.timer = setTimeout(() => void flushRejections(), FLUSH_AFTER_MS)
  held.timer.unref()
}
