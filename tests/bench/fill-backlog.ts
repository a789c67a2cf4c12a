import { createHash } from 'node:crypto'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { findSubject } from '@/lib/receiver/find-subject'
import type { Delivery } from '@/lib/samples/delivery'
import { parseEventBody } from '@/lib/schemas/event-body'
import type { EventType } from '@/lib/schemas/event-types'

const ROWS_PER_INSERT = 500

/**
 * Writes supported events into the log: as the receiver leaves them behind, or as if they had been projected.
 * Nothing is in the read model.
 */
export async function fillBacklog(
  databaseUrl: string,
  deliveries: Iterable<Delivery>,
  status: 'pending' | 'applied' = 'pending',
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    let rows: object[] = []
    // The next rows are made while Postgres takes the last ones.
    let inserting = Promise.resolve()
    for (const delivery of deliveries) {
      if (delivery.expected.outcome !== 'accepted') continue
      rows.push(toRow(delivery))
      if (rows.length < ROWS_PER_INSERT) continue
      await inserting
      inserting = insert(client, rows, status)
      // It fails where it is awaited.
      inserting.catch(() => undefined)
      rows = []
    }
    await inserting
    await insert(client, rows, status)
    await client.query('ANALYZE webhook_event')
  } finally {
    await client.end()
  }
}

function toRow({ eventType, claims, iat, body }: Delivery): object {
  const { company_uuid, user_uuid } = claims
  const parsed = parseEventBody(eventType as EventType, JSON.parse(body))
  if (!parsed.ok) throw new Error(parsed.message)
  const subject = findSubject(eventType as EventType, parsed.body)
  const id = uuidv7()
  return {
    id,
    event_type: eventType,
    company_uuid,
    user_uuid,
    partnership_uuid: subject.partnershipUuid,
    contact_uuid: subject.contactUuid,
    message_uuid: subject.messageUuid,
    room_uuid: subject.roomUuid,
    body,
    claims: { ...claims, api_key: '[redacted]' },
    body_hash: createHash('sha256').update(id).update(body).digest('hex'),
    token_iat: new Date(iat * 1000),
    body_size: Buffer.byteLength(body),
  }
}

// As the receiver leaves them behind, but for the token: nothing here was signed.
async function insert(client: pg.Client, rows: object[], status: string): Promise<void> {
  await client.query(
    `INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, partnership_uuid,
       contact_uuid, message_uuid, room_uuid, body, claims, token_hash, body_hash, dedup_key, token_iat,
       secret_fingerprint, body_size, received_at, status)
     SELECT id, event_type, company_uuid, user_uuid, partnership_uuid, contact_uuid, message_uuid,
       room_uuid, body, claims, decode(body_hash, 'hex'), decode(body_hash, 'hex'), decode(body_hash, 'hex'),
       token_iat, 'benchmark', body_size, now(), $2::event_status
     FROM json_to_recordset($1::json) AS x(id uuid, event_type text, company_uuid text,
       user_uuid text, partnership_uuid text, contact_uuid text, message_uuid text, room_uuid text,
       body text, claims jsonb, body_hash text, token_iat timestamptz, body_size int)`,
    [JSON.stringify(rows), status],
  )
}
