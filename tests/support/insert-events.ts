import { createHash, randomUUID } from 'node:crypto'
import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { findSubject, guessSubject } from '@/lib/receiver/find-subject'
import { parseEventBody } from '@/lib/schemas/event-body'
import { isEventType } from '@/lib/schemas/event-types'
import { parseJsonObject } from '@/lib/schemas/parse-json-object'

export type TestEvent = {
  eventType: string
  body: unknown
  companyUuid?: string
  tokenIat?: Date | null
  receivedAt?: Date
  status?: EventStatus
}

/**
 * Puts events into the log as if they had been received, in the given order. A body that is a string is
 * stored as it is, anything else as JSON.
 */
export async function insertEvents(
  events: TestEvent[],
): Promise<{ seq: bigint; id: string; companyUuid: string }[]> {
  const inserted: { seq: bigint; id: string; companyUuid: string }[] = []
  for (let start = 0; start < events.length; start += CHUNK) {
    const rows = await db().webhookEvent.createManyAndReturn({
      data: events.slice(start, start + CHUNK).map(toRow),
      select: { seq: true, id: true, companyUuid: true },
    })
    inserted.push(...rows.sort((a, b) => Number(a.seq - b.seq)))
  }
  return inserted
}

// Few enough for one statement: Prisma sends a longer list in several at once.
const CHUNK = 1_000

function toRow(event: TestEvent) {
  const body = typeof event.body === 'string' ? event.body : JSON.stringify(event.body)
  return {
    id: randomUUID(),
    eventType: event.eventType,
    companyUuid: event.companyUuid ?? 'company_1',
    userUuid: 'user_1',
    ...subjectOf(event.eventType, body),
    body,
    claims: {},
    tokenHash: createHash('sha256').update(randomUUID()).digest(),
    bodyHash: createHash('sha256').update(body).digest(),
    tokenIat: event.tokenIat ?? null,
    secretFingerprint: 'test',
    bodySize: Buffer.byteLength(body),
    receivedAt: event.receivedAt ?? new Date('2026-01-01T00:00:00Z'),
    status: event.status ?? ('pending' as const),
  }
}

// As the receiver finds it.
function subjectOf(eventType: string, body: string) {
  const json = parseJsonObject(body)
  if (!json.ok) return {}
  const parsed = isEventType(eventType) ? parseEventBody(eventType, json.value) : null
  return isEventType(eventType) && parsed?.ok
    ? findSubject(eventType, parsed.body)
    : guessSubject(json.value)
}
