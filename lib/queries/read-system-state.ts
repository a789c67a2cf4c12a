import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { countUpTo, type BoundedCount } from './count-up-to'

const PENDING_LIMIT = 100_000
const RECENT_EVENTS = 10_000

/** How the database and the projector are doing. */
export type SystemState = {
  /** Of the server, as in "18.4". */
  databaseVersion: string
  /** How long the database took to answer, in milliseconds. */
  databaseMs: number
  projectorVersion: number
  pending: BoundedCount
  lastEventAt: Date | null
  /** When each secret last verified an event, among the newest 10,000 events, by its fingerprint. */
  secretLastUsed: Map<string, Date>
}

/**
 * Asks the database how things stand.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function readSystemState(): Promise<SystemState> {
  await requireUser()
  const startedAt = performance.now()
  const version = await db().$queryRaw<{ version: string }[]>`
    SELECT split_part(current_setting('server_version'), ' ', 1) AS version`
  const databaseMs = performance.now() - startedAt
  const [pending, uses] = await Promise.all([
    countUpTo(PENDING_LIMIT, Prisma.sql`SELECT 1 FROM webhook_event WHERE status = 'pending'`),
    recentUses(),
  ])
  return {
    databaseVersion: version[0]?.version ?? 'unknown',
    databaseMs,
    projectorVersion: PROJECTOR_VERSION,
    pending,
    lastEventAt: uses.reduce<Date | null>(
      (latest, { at }) => (latest === null || at > latest ? at : latest),
      null,
    ),
    secretLastUsed: new Map(uses.map(({ fingerprint, at }) => [fingerprint, at])),
  }
}

function recentUses(): Promise<{ fingerprint: string; at: Date }[]> {
  return db().$queryRaw<{ fingerprint: string; at: Date }[]>`
    SELECT secret_fingerprint AS fingerprint, max(received_at) AS at FROM (
      SELECT secret_fingerprint, received_at FROM webhook_event ORDER BY seq DESC LIMIT ${RECENT_EVENTS}
    ) recent GROUP BY secret_fingerprint`
}
