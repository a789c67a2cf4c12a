import { Prisma } from '@/lib/db'
import { isDataError, sqlStateOf } from '@/lib/event-log/sql-state'
import { ConcurrentWriteError } from '@/lib/read-model/concurrent-write-error'

/**
 * What an error of a write means for the events that it wrote:
 * - `conflict`: somebody else was in the way; the same again will do.
 * - `data`: the database refuses these very values; the same again won't do.
 * - `other`: anything else: out of reach, shutting down, out of disk, a fault of ours. No event is to blame.
 */
export type DatabaseErrorKind = 'conflict' | 'data' | 'other'

// Serialization failure, deadlock, lock not available.
const CONFLICTS = new Set(['40001', '40P01', '55P03'])

export function databaseErrorKind(error: unknown): DatabaseErrorKind {
  if (error instanceof ConcurrentWriteError) return 'conflict'
  if (CONFLICTS.has(sqlStateOf(error) ?? '')) return 'conflict'
  return isDataError(error) ? 'data' : 'other'
}

/** Postgres's own sentence about a failed raw query; the error's where there is none. */
export function databaseErrorMessage(error: unknown): string {
  const adapterError = error instanceof Prisma.PrismaClientKnownRequestError && error.meta
  const cause = adapterError && (adapterError.driverAdapterError as Error | undefined)?.cause
  const message = (cause as { originalMessage?: unknown } | undefined)?.originalMessage
  if (typeof message === 'string') return message
  return error instanceof Error ? error.message : String(error)
}
