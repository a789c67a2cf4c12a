import { expect } from '@playwright/test'
import { queryDatabase } from './database'
import type { Sent } from './load'

const WAIT_MS = 60_000

/**
 * Waits until nothing is pending, then holds the database against what a load was told: every event that
 * was acknowledged is in the log exactly once, and every event of the log, acknowledged or not, is in the
 * read model whole and was projected once.
 */
export async function expectConsistent(databaseUrl: string, acknowledged: Sent[]): Promise<void> {
  const query = <Row extends Record<string, unknown>>(sql: string) =>
    queryDatabase<Row>(databaseUrl, sql)

  const pending = () => query("SELECT FROM webhook_event WHERE status = 'pending'")
  await expect.poll(async () => (await pending()).length, { timeout: WAIT_MS }).toBe(0)

  const log = await query<{ id: string; uuid: string; status: string; attempts: number }>(
    `SELECT id, coalesce(message_uuid, partnership_uuid) AS uuid, status::text, attempts
     FROM webhook_event`,
  )
  const uuidOf = new Map(log.map(({ id, uuid }) => [id, uuid]))
  const missing = acknowledged.filter(({ id, uuid }) => uuidOf.get(id!) !== uuid)
  expect(missing, 'acknowledged and not in the log').toEqual([])
  expect(new Set(log.map(({ uuid }) => uuid)).size, 'each event is in the log once').toBe(
    log.length,
  )

  const notOnce = log.filter(({ status, attempts }) => status !== 'applied' || attempts !== 1)
  expect(notOnce, 'events that were not projected exactly once').toEqual([])
  expect(await query('SELECT * FROM event_attempt'), 'attempts beside the first').toEqual([])
  const [tally] = await query<{ count: number }>(
    'SELECT coalesce(sum(count), 0)::int AS count FROM event_tally',
  )
  expect(tally!.count, 'the tally counts every event once').toBe(log.length)

  const projected = await query<{ uuid: string }>(
    'SELECT uuid FROM partnership UNION ALL SELECT uuid FROM message',
  )
  expect(projected.map(({ uuid }) => uuid).sort()).toEqual(log.map(({ uuid }) => uuid).sort())
  const wrongTotals = await query(
    `SELECT r.uuid, r.message_count, count(m.uuid)
     FROM room r LEFT JOIN message m ON m.company_uuid = r.company_uuid AND m.room_uuid = r.uuid
     GROUP BY r.company_uuid, r.uuid
     HAVING r.message_count <> count(m.uuid)`,
  )
  expect(wrongTotals, 'rooms whose totals do not add up').toEqual([])
}
