import type { App } from './app'
import { queryDatabase } from './database'

/** How many events of a company the app has applied so far. */
export async function countApplied(app: App, companyUuid: string): Promise<number> {
  const [found] = await queryDatabase<{ count: number }>(
    await app.databaseUrl(),
    `SELECT count(*)::int AS count FROM webhook_event WHERE company_uuid = $1 AND status = 'applied'`,
    [companyUuid],
  )
  return found?.count ?? 0
}
