import { Prisma, type Transaction } from '@/lib/db'
import { sqlStateOf } from '@/lib/sql-state'

/** Until the transaction ends, Postgres ends each of its statements that takes longer than so many milliseconds. */
export async function endStatementsAfter(tx: Transaction, ms: number): Promise<void> {
  await tx.$executeRaw(Prisma.raw(`SET LOCAL statement_timeout = ${Math.round(ms)}`))
}

/** Whether a statement was ended for taking too long, or its transaction was (Prisma's P2028). */
export function isOutOfTime(error: unknown): boolean {
  if (sqlStateOf(error) === '57014') return true
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2028'
}
