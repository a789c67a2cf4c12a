import { randomUUID } from 'node:crypto'
import type { App } from './app'
import { queryDatabase } from './database'

/** Puts a check of parity there that has found a row that differs, and one that is missing; returns its page's address. */
export async function insertCheck(app: App, id: string = randomUUID()): Promise<string> {
  const url = await app.databaseUrl()
  const tables = ['contact', 'room'].map((table) => ({ table, compared: 9, differences: 1 }))
  const report = { compared: 18, differences: 2, tables, listed: 2, repairs: 1, isCut: false }
  await queryDatabase(
    url,
    `INSERT INTO replay_run (id, kind, status, actor, filter, upper_seq, total, done, report, finished_at)
     SELECT $1, 'parity', 'finished', 'every night', '{}', max(seq), count(*), count(*), $2, now()
     FROM webhook_event`,
    [id, JSON.stringify(report)],
  )
  await queryDatabase(
    url,
    `INSERT INTO replay_change (run_id, number, table_name, company_uuid, key, kind, fields) VALUES
     ($1, 1, 'contact', 'company_1', '{"company_uuid": "company_1", "uuid": "contact_1"}', 'changed',
      '[{"name": "first_name", "before": "by a fault", "after": "Ann"}]'),
     ($1, 2, 'room', 'company_1', '{"company_uuid": "company_1", "uuid": "room_1"}', 'added',
      '[{"name": "message_count", "before": null, "after": "3"}]')`,
    [id],
  )
  return `/replays/${id}`
}
