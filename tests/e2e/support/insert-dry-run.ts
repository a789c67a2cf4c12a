import type { App } from './app'
import { queryDatabase } from './database'

/** Asks for a dry run over the whole log, as somebody; returns the address of its page. */
export async function insertDryRun(app: App, actor: string): Promise<string> {
  const [run] = await queryDatabase<{ id: string }>(
    await app.databaseUrl(),
    `INSERT INTO replay_run (id, kind, actor, filter, upper_seq)
     SELECT gen_random_uuid(), 'dry_run', $1, '{}', max(seq) FROM webhook_event RETURNING id`,
    [actor],
  )
  return `/replays/${run?.id}`
}
