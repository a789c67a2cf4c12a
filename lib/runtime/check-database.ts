import pg from 'pg'
import { reasonOf, StartError } from './start-error'

const CONNECT_TIMEOUT_MS = 5_000

/**
 * Connects once to see that the database answers.
 *
 * @throws StartError that names DATABASE_URL and the reason, never the password.
 */
export async function requireReachable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
  } catch (error) {
    throw new StartError(`DATABASE_URL can't be used: ${reasonOf(error).replace(/\.$/, '')}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}
