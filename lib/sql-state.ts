import { Prisma } from '@/lib/db'

/**
 * The SQLSTATE of a failed raw query (PostgreSQL, appendix A); undefined when the failure was not the
 * server's answer: no connection, a broken one, a time-out.
 */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined
  const driverError = error.meta?.driverAdapterError
  if (!(driverError instanceof Error)) return undefined
  const cause = driverError.cause as { originalCode?: unknown } | undefined
  return typeof cause?.originalCode === 'string' ? cause.originalCode : undefined
}

/**
 * Whether the statement failed for what it was given, and would fail again: data exceptions (22), broken
 * constraints (23), and values over the server's limits (54).
 */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlStateOf(error) ?? '')
}
