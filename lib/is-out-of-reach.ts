import { Prisma } from '@/lib/db'
import { sqlStateOf } from '@/lib/sql-state'

// Connection exceptions, insufficient resources, and an operator's intervention (PostgreSQL, appendix A).
const AWAY_STATES = /^(08|53|57P)/
// Prisma's: not reachable, timed out, closed, no connection free, too many of them, or the driver's own error.
const AWAY_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2036', 'P2037'])
const AWAY_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'GenericJs',
])
// The driver's have neither a class nor a code.
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/**
 * Whether an error says that the database is out of reach for the moment, so that the same may go well later: nothing
 * listens, the connection broke, the server stops or starts, or takes no more connections. Everything else is a fault
 * that would be met again.
 */
export function isOutOfReach(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== undefined) return AWAY_STATES.test(state)
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return AWAY_CODES.has(error.code) || AWAY_KINDS.has(kindOf(error) ?? '')
  }
  return error instanceof Error && AWAY_MESSAGES.test(error.message)
}

function kindOf({ meta }: Prisma.PrismaClientKnownRequestError): string | undefined {
  const driverError = meta?.driverAdapterError
  const cause = driverError instanceof Error ? driverError.cause : undefined
  return (cause as { kind?: string } | undefined)?.kind
}
