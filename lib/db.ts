import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from './env'
import { PrismaClient, Prisma } from './generated/prisma/client'
import { log } from './log'
import { PREPARED_MARK, statementName } from './prepared'

export { Prisma }
/**
 * Begins a statement that a connection keeps once it is planned. For those that a page can't do without, and whose text
 * and best plan are the same whatever the values: to plan one takes as long as to run it.
 */
export const PREPARED = Prisma.raw(PREPARED_MARK)
export type Db = PrismaClient
export type Transaction = Prisma.TransactionClient

// An unreachable database must turn into an error, never into a request that hangs.
const CONNECT_TIMEOUT_MS = 3_000
const POOL_SIZE = 10
// One batch of deliveries is written at a time, and counts of rejections; one more, for a write that was left behind.
const STORING_POOL_SIZE = 3
// Longer than anybody waits for a delivery's answer.
const STORING_TIMEOUT_MS = 10_000
// Two exports at a time hold one each, to their end.
const READING_POOL_SIZE = 8
// Times in UTC: Prisma's adapter writes times without their zone and drops it when it reads them: in a session of
// another zone every time would be off by it. And an event is acknowledged when its commit is on disk, however the
// server, the database or the role is set. Compiling a query takes longer than running it.
const SETTINGS = "SET TIME ZONE 'UTC'; SET synchronous_commit TO on; SET jit TO off"
// Lists are too long to be read from beginning to end for a page, which the planner would do where it takes a
// condition to fit most of the rows. Nobody waits for a page so long, and what is left behind would go on holding its
// connection: Prisma's timeout ends no statement.
const READING_SETTINGS = `SET enable_seqscan TO off; SET default_transaction_read_only TO on;
  SET default_transaction_isolation TO 'repeatable read'; SET statement_timeout TO '15s'`

type Connected = { client: PrismaClient; pool: pg.Pool }

type Pool = 'waggleDb' | 'waggleStoringDb' | 'waggleReadingDb'

const holder = globalThis as unknown as Partial<Record<Pool, Connected>>

/**
 * The process's Prisma client on one connection pool, made at first use. It lives on globalThis because
 * Next evaluates a module once for each bundle, and each evaluation would open a pool of its own.
 */
export function db(): Db {
  holder.waggleDb ??= connect(POOL_SIZE, 'waggle')
  return holder.waggleDb.client
}

/**
 * The same on a small pool of its own, for what stores deliveries and counts what was rejected, and for nothing else:
 * pages whose questions take long may hold all connections of `db()`, and the sender may never try again. What takes
 * longer than ten seconds there loses its connection: one that hangs must not be missed until the kernel gives it up.
 */
export function storingDb(): Db {
  holder.waggleStoringDb ??= connect(STORING_POOL_SIZE, 'waggle receiver', {
    queryTimeoutMs: STORING_TIMEOUT_MS,
  })
  return holder.waggleStoringDb.client
}

/**
 * The same on a pool of its own, for what reads several things of one moment out of long lists: see `readOnly`. Its
 * sessions are set for that from the start: said in each transaction it would cost two more questions a page.
 */
export function readingDb(): Db {
  holder.waggleReadingDb ??= connect(READING_POOL_SIZE, 'waggle reader', {
    settings: READING_SETTINGS,
  })
  return holder.waggleReadingDb.client
}

/**
 * Takes other connections for `readingDb` from now on, unless that is done already. What is under way on those of `stale`
 * goes on to its end.
 */
export function renewReadingDb(stale: Db): void {
  const held = holder.waggleReadingDb
  if (held?.client !== stale) return
  holder.waggleReadingDb = undefined
  void held.pool.end()
}

/** Closes the pools. A later `db()`, `storingDb()` or `readingDb()` opens a new one. */
export async function disconnectDb(): Promise<void> {
  const open = [holder.waggleDb, holder.waggleStoringDb, holder.waggleReadingDb]
  holder.waggleDb = holder.waggleStoringDb = holder.waggleReadingDb = undefined
  await Promise.all(open.map(disconnect))
}

async function disconnect(held: Connected | undefined): Promise<void> {
  await held?.client.$disconnect()
  await held?.pool.end()
}

type Particular = { queryTimeoutMs?: number; settings?: string }

function connect(
  size: number,
  name: string,
  { queryTimeoutMs, settings }: Particular = {},
): Connected {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: size,
    query_timeout: queryTimeoutMs,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: name,
    onConnect: async (client) => void (await client.query([SETTINGS, settings ?? ''].join(';'))),
  })
  pool.on('error', (error) => log.warn({ err: error.message }, 'an idle database connection broke'))
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementName }),
    transactionOptions: { maxWait: 5_000, timeout: 60_000 },
  })
  return { client, pool }
}
