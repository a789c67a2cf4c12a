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
// Data exception, integrity constraint violation, program limit exceeded
// (PostgreSQL documentation, appendix A).
const DATA_CLASSES = new Set(['22', '23', '54'])

export function databaseErrorKind(error: unknown): DatabaseErrorKind {
  if (error instanceof ConcurrentWriteError) return 'conflict'
  const code = sqlState(error)
  if (code === null) return 'other'
  if (CONFLICTS.has(code)) return 'conflict'
  return DATA_CLASSES.has(code.slice(0, 2)) ? 'data' : 'other'
}

/** The SQLSTATE that Postgres gave, or null where the error is not Postgres's. */
export function sqlState(error: unknown): string | null {
  const code = driverCause(error)?.originalCode
  return typeof code === 'string' ? code : null
}

/** Postgres's own sentence, or the error's where it is not Postgres's. */
export function databaseErrorMessage(error: unknown): string {
  const message = driverCause(error)?.originalMessage
  if (typeof message === 'string') return message
  return error instanceof Error ? error.message : String(error)
}

// Prisma wraps the driver's error: `meta.driverAdapterError.cause` of a known error, or `cause`.
function driverCause(error: unknown): Record<string, unknown> | null {
  const adapterError = property(property(error, 'meta'), 'driverAdapterError') ?? error
  const cause = property(adapterError, 'cause')
  return cause !== null && typeof cause === 'object' ? (cause as Record<string, unknown>) : null
}

function property(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object'
    ? (value as Record<string, unknown>)[name]
    : undefined
}
