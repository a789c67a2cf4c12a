import { Prisma, type Transaction } from '@/lib/db'

// Beside Prisma's own lock of migrations (lib/runtime/migrate.ts).
const PROJECTION_LOCK = 72_707_370

/**
 * Held by everybody who writes the live read model, until the transaction ends. They do not keep each other
 * out, only whoever holds it alone.
 */
export async function joinProjections(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${PROJECTION_LOCK})`
}

/**
 * Waits until nobody writes the live read model, and keeps everybody out until the transaction ends. Events
 * are received meanwhile and wait to be projected: hold it for moments.
 *
 * @throws Prisma's error with SQLSTATE 55P03 when somebody writes for longer than `patienceMs`.
 */
export async function stopProjections(tx: Transaction, patienceMs: number): Promise<void> {
  await tx.$executeRaw(Prisma.raw(`SET LOCAL lock_timeout = ${Math.round(patienceMs)}`))
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PROJECTION_LOCK})`
  await tx.$executeRaw`SET LOCAL lock_timeout = 0`
}
