import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from './env'
import { PrismaClient, Prisma } from './generated/prisma/client'
import { log } from './log'

export { Prisma }
export type Db = PrismaClient
export type Transaction = Prisma.TransactionClient

// An unreachable database must turn into an error, never into a request that hangs.
const CONNECT_TIMEOUT_MS = 3_000
const POOL_SIZE = 10
// One batch of deliveries is written at a time, and counts of rejections; one more, for a write that was left behind.
const STORING_POOL_SIZE = 3
// Longer than anybody waits for a delivery's answer.
const STORING_TIMEOUT_MS = 10_000

type Connected = { client: PrismaClient; pool: pg.Pool }

const holder = globalThis as unknown as { waggleDb?: Connected; waggleStoringDb?: Connected }

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
  holder.waggleStoringDb ??= connect(STORING_POOL_SIZE, 'waggle receiver', STORING_TIMEOUT_MS)
  return holder.waggleStoringDb.client
}

/** Closes the pools. A later `db()` or `storingDb()` opens a new one. */
export async function disconnectDb(): Promise<void> {
  const { waggleDb, waggleStoringDb } = holder
  holder.waggleDb = holder.waggleStoringDb = undefined
  await Promise.all([disconnect(waggleDb), disconnect(waggleStoringDb)])
}

async function disconnect(held: Connected | undefined): Promise<void> {
  await held?.client.$disconnect()
  await held?.pool.end()
}

function connect(size: number, name: string, queryTimeoutMs?: number): Connected {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: size,
    query_timeout: queryTimeoutMs,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: name,
    // Prisma's adapter writes times without their zone and drops it when it reads them: in a session of
    // another zone than UTC every time would be off by it. And an event is acknowledged when its commit is
    // on disk, however the server, the database or the role is set. Compiling a query takes
    // longer than running it.
    onConnect: async (client) =>
      void (await client.query(
        "SET TIME ZONE 'UTC'; SET synchronous_commit TO on; SET jit TO off",
      )),
  })
  pool.on('error', (error) => log.warn({ err: error.message }, 'an idle database connection broke'))
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 5_000, timeout: 60_000 },
  })
  return { client, pool }
}
