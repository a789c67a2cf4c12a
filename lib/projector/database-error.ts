import { Prisma } from '@/lib/db'
import { isDataError, sqlStateOf } from '@/lib/sql-state'
import { ConcurrentWriteError } from '@/lib/read-model/concurrent-write-error'

/**
 * What an error of a write means for the events that it wrote:
 * - `conflict`: somebody else was in the way; the same again will do.
 * - `data`: the database refuses these very values; the same again won't do.
 * - `fault`: nobody foresaw it, a fault of ours as a rule. An event is to blame if it meets it every time.
 * - `other`: anything else: out of reach, shutting down, out of disk, no such table. No event is to blame.
 */
export type DatabaseErrorKind = 'conflict' | 'data' | 'fault' | 'other'

// Serialization failure, deadlock, lock not available.
const CONFLICTS = new Set(['40001', '40P01', '55P03'])
// Feature not supported, cardinality, external and raised exceptions, internal error: not what the state of
// the connection, the server's resources, rights or schema brings about, which all events would meet.
const FAULTS = /^(0A|21|38|39|P0|XX)/

/** What an error of a projection means for its events, by its SQLSTATE (PostgreSQL, appendix A) or class. */
export function databaseErrorKind(error: unknown): DatabaseErrorKind {
  if (error instanceof ConcurrentWriteError) return 'conflict'
  if (CONFLICTS.has(sqlStateOf(error) ?? '')) return 'conflict'
  if (isDataError(error)) return 'data'
  return FAULTS.test(sqlStateOf(error) ?? '') || isOurs(error) ? 'fault' : 'other'
}

function isOurs(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof Prisma.PrismaClientValidationError
  )
}

/** Postgres's own sentence about a failed raw query; the error's where there is none. */
export function databaseErrorMessage(error: unknown): string {
  const adapterError = error instanceof Prisma.PrismaClientKnownRequestError && error.meta
  const cause = adapterError && (adapterError.driverAdapterError as Error | undefined)?.cause
  const message = (cause as { originalMessage?: unknown } | undefined)?.originalMessage
  if (typeof message === 'string') return message
  return error instanceof Error ? error.message : String(error)
}
