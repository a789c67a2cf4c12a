import pg from 'pg'
import { reasonOf, StartError } from './start-error'

const CONNECT_TIMEOUT_MS = 5_000

/**
 * Connects once to see that the database answers and can hold any text.
 *
 * @throws StartError that names DATABASE_URL and the reason, never the password.
 */
export async function requireReachable(databaseUrl: string): Promise<void> {
  const encoding = await readEncoding(databaseUrl).catch((error: unknown) => {
    throw new StartError(`DATABASE_URL can't be used: ${reasonOf(error).replace(/\.$/, '')}.`)
  })
  if (encoding === 'UTF8') return
  throw new StartError(
    `DATABASE_URL can't be used: its database is in ${encoding}, which can't hold every name. ` +
      "Create one with ENCODING 'UTF8'.",
  )
}

async function readEncoding(databaseUrl: string): Promise<string> {
  // An address that is none throws here.
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
    return rows[0]?.server_encoding ?? 'an unknown encoding'
  } finally {
    await client.end().catch(() => undefined)
  }
}
