import { hash, randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { Prisma, storingDb } from '@/lib/db'
import { EVENT_CHANGES_CHANNEL } from '@/lib/event-changes'
import { isEventType } from '@/lib/schemas/event-types'
import { sqlStateOf } from '@/lib/sql-state'
import type { AppendedEvent, NewEvent } from './new-event'

/** event_tally counts the types that Waggle does not know under this name: a sender may invent any number. */
export const OTHER_EVENT_TYPES = 'other'

// Which of a counter's rows this process adds to, so that processes do not wait for each other.
const WRITER = randomInt(32)

const DEADLOCK = '40P01'
const MAX_TRIES = 3

/** Some events were committed when the database failed; `appended` has null for the others. */
export class PartlyAppendedError extends Error {
  constructor(
    readonly appended: (AppendedEvent | null)[],
    cause: unknown,
  ) {
    super('Some events were stored, the duplicates among them were not.', { cause })
    this.name = 'PartlyAppendedError'
  }
}

/**
 * Appends events to the log, in their order, and tells the projector when something is pending, and open pages that
 * something came. When it returns they are committed. An event with the token and body of an earlier one is stored as a duplicate
 * of it (a unique constraint decides, so it holds across processes and within one call).
 *
 * @returns What became of each, in the order given.
 * @throws Prisma's error when nothing was stored, PartlyAppendedError when only the duplicates were not.
 */
export async function appendEvents(events: NewEvent[]): Promise<AppendedEvent[]> {
  if (events.length === 0) return []
  const rows = events.map(toRow)
  const inserted = new Set(await retryDeadlocks(() => insertOriginals(rows)))
  const appended = rows.map((row): AppendedEvent | null =>
    inserted.has(row.id) ? { id: row.id, status: row.status, duplicateOfId: null } : null,
  )
  if (inserted.size === rows.length) return appended as AppendedEvent[]

  const repeated = rows.filter((row) => !inserted.has(row.id))
  try {
    // A statement of its own: the first one's snapshot need not contain an original that another
    // process committed while the insert waited for it.
    const links = await retryDeadlocks(() => insertDuplicates(repeated))
    const originals = new Map(links.map((link) => [link.id, link.duplicate_of_id]))
    return rows.map(
      (row, index) =>
        appended[index] ?? {
          id: row.id,
          status: 'duplicate',
          duplicateOfId: originals.get(row.id) ?? null,
        },
    )
  } catch (error) {
    throw new PartlyAppendedError(appended, error)
  }
}

type Row = ReturnType<typeof toRow>

function toRow(event: NewEvent) {
  const { tokenHash, bodyHash } = event
  return {
    id: uuidv7(),
    event_type: event.eventType,
    company_uuid: event.companyUuid,
    user_uuid: event.userUuid,
    partnership_uuid: event.partnershipUuid,
    contact_uuid: event.contactUuid,
    message_uuid: event.messageUuid,
    room_uuid: event.roomUuid,
    body: event.body,
    claims: event.claims,
    token_hash: tokenHash.toString('hex'),
    body_hash: bodyHash.toString('hex'),
    dedup_key: event.repeatable ? hash('sha256', Buffer.concat([tokenHash, bodyHash])) : null,
    token_iat: event.tokenIat,
    secret_fingerprint: event.secretFingerprint,
    body_size: event.bodySize,
    received_at: event.receivedAt,
    status: event.status,
    error_code: event.errorCode,
    error_message: event.errorMessage,
    tally_type: isEventType(event.eventType) ? event.eventType : OTHER_EVENT_TYPES,
  }
}

// One JSON text, not a list of arrays: Postgres parses it with a quarter of the work.
function recordset(rows: Row[]): Prisma.Sql {
  return Prisma.sql`json_to_recordset(${JSON.stringify(rows)}::json) AS x(
    id uuid, event_type text, company_uuid text, user_uuid text, partnership_uuid text,
    contact_uuid text, message_uuid text, room_uuid text, body text, claims jsonb, token_hash text,
    body_hash text, dedup_key text, token_iat timestamptz, secret_fingerprint text, body_size int,
    received_at timestamptz, status event_status, error_code text, error_message text,
    tally_type text)`
}

const COLUMNS = Prisma.sql`id, event_type, company_uuid, user_uuid, partnership_uuid, contact_uuid,
  message_uuid, room_uuid, body, claims, token_hash, body_hash, token_iat, secret_fingerprint,
  body_size, received_at`

const VALUES = Prisma.sql`x.id, x.event_type, x.company_uuid, x.user_uuid, x.partnership_uuid,
  x.contact_uuid, x.message_uuid, x.room_uuid, x.body, x.claims, decode(x.token_hash, 'hex'),
  decode(x.body_hash, 'hex'), x.token_iat, x.secret_fingerprint, x.body_size, x.received_at`

// Counts what `inserted` holds. Ordered, so that two writers of the same rows can't deadlock.
const TALLY = Prisma.sql`
  INSERT INTO event_tally AS t (hour, event_type, status, writer, count)
  SELECT date_trunc('hour', i.received_at), x.tally_type, i.status, ${WRITER}, count(*)
  FROM inserted i JOIN incoming x USING (id)
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (hour, event_type, status, writer) DO UPDATE SET count = t.count + excluded.count`

const TOLD = Prisma.sql`
  SELECT pg_notify(${EVENT_CHANGES_CHANNEL}, '') WHERE EXISTS (SELECT FROM inserted)`

async function insertOriginals(rows: Row[]): Promise<string[]> {
  const inserted = await storingDb().$queryRaw<{ id: string }[]>`
    WITH incoming AS (SELECT * FROM ${recordset(rows)}),
    inserted AS (
      INSERT INTO webhook_event (${COLUMNS}, dedup_key, status, error_code, error_message)
      SELECT ${VALUES}, decode(x.dedup_key, 'hex'), x.status, x.error_code, x.error_message
      FROM incoming x
      ON CONFLICT (dedup_key) DO NOTHING
      RETURNING id, received_at, status
    ),
    tallied AS (${TALLY}),
    notified AS (
      SELECT pg_notify('waggle_pending', '')
      WHERE EXISTS (SELECT FROM inserted WHERE status = 'pending')
    ),
    told AS (${TOLD})
    SELECT id, (SELECT count(*) FROM notified) + (SELECT count(*) FROM told) AS notified FROM inserted`
  return inserted.map((row) => row.id)
}

async function insertDuplicates(rows: Row[]): Promise<{ id: string; duplicate_of_id: string }[]> {
  return storingDb().$queryRaw`
    WITH incoming AS (SELECT * FROM ${recordset(rows)}),
    inserted AS (
      INSERT INTO webhook_event (${COLUMNS}, status, duplicate_of_id)
      SELECT ${VALUES}, 'duplicate', o.id
      FROM incoming x LEFT JOIN webhook_event o ON o.dedup_key = decode(x.dedup_key, 'hex')
      RETURNING id, received_at, status, duplicate_of_id
    ),
    tallied AS (${TALLY}),
    told AS (${TOLD})
    SELECT id, duplicate_of_id, (SELECT count(*) FROM told) AS told FROM inserted`
}

// Two processes that append the same two events in opposite orders wait for each other.
async function retryDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === MAX_TRIES || sqlStateOf(error) !== DEADLOCK) throw error
    }
  }
}
