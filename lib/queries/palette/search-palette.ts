import { requireUser } from '@/lib/auth/current-user'
import { Prisma, type Transaction } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { findMessages } from '../find-messages'
import { readOnly } from '../lists/read-only'
import { messageCondition } from '../message-condition'
import { parseMessageQuery } from '../message-query'
import { readHits } from '../search-messages'
import { findFiles } from './find-files'
import { findEventTypes, findPaletteEvents } from './find-palette-events'
import { findRoomsOf } from './find-rooms'
import { idRange } from './id-range'
import { CONTACTS, CUSTOM_FIELDS, namedRecords, PARTNERSHIPS } from './named-records'
import type { PaletteAnswer, PaletteItem } from './palette-item'

const OF_EACH_KIND = 5
const MESSAGES_WALKED = 1_000

/**
 * What the palette finds for a text: partnerships, contacts, rooms, custom fields, files, messages and
 * events, five of each at most, by name, by text, or by the beginning of their id. Every source is bounded
 * and answered by an index; all of it is read on one connection, one after the other.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export async function searchPalette(q: string): Promise<PaletteAnswer> {
  await requireUser()
  return readOnly(async (tx) => {
    const partnerships = await namedRecords(tx, PARTNERSHIPS, q, OF_EACH_KIND)
    const contacts = await namedRecords(tx, CONTACTS, q, OF_EACH_KIND)
    const rooms = await findRoomsOf(tx, q, partnerships, OF_EACH_KIND)
    const fields = await namedRecords(tx, CUSTOM_FIELDS, q, OF_EACH_KIND)
    const files = await findFiles(tx, q, OF_EACH_KIND)
    const { messages, hint } = await searchedMessages(tx, q)
    const events = await findPaletteEvents(tx, q, OF_EACH_KIND)
    const types = await findEventTypes(tx, q, OF_EACH_KIND)
    const items: PaletteItem[] = [
      ...partnerships.map((row) => ({
        kind: 'partnership' as const,
        ...keyOf(row),
        ...namesOf(row),
      })),
      ...contacts.map((row) => ({ kind: 'contact' as const, ...keyOf(row), ...namesOf(row) })),
      ...rooms.map((row) => ({
        kind: 'room' as const,
        ...keyOf(row),
        partnershipName: row.partnership_name,
        messageCount: row.message_count,
      })),
      ...fields.map((row) => ({ kind: 'customField' as const, ...keyOf(row), ...namesOf(row) })),
      ...messages,
      ...files.flatMap((row) =>
        row.room_uuid === null
          ? []
          : [
              {
                kind: 'file' as const,
                ...keyOf(row),
                roomUuid: row.room_uuid,
                messageUuid: row.message_uuid,
                name: row.file_name,
                at: row.created_at.toISOString(),
              },
            ],
      ),
      ...events.map((row) => ({
        kind: 'event' as const,
        id: row.id,
        eventType: row.event_type,
        at: row.received_at.toISOString(),
      })),
      ...types.map((eventType) => ({ kind: 'eventType' as const, eventType })),
    ]
    return { items, hint }
  })
}

type Messages = { messages: PaletteItem[]; hint: string | null }

async function searchedMessages(tx: Transaction, q: string): Promise<Messages> {
  try {
    const query = parseMessageQuery(q)
    const condition = await messageCondition(tx, query)
    const request = { limit: OF_EACH_KIND, sort: 'newest', rowsWalked: MESSAGES_WALKED } as const
    const found = condition ? (await findMessages(tx, condition, request)).keys : []
    const byId = await messagesById(tx, q)
    const hits = await readHits(tx, [...byId, ...found].slice(0, OF_EACH_KIND), query.terms)
    const messages = hits.flatMap((hit) => {
      if (hit.roomUuid === null) return []
      const { firstName, lastName, email } = hit.author
      const author = [firstName, lastName].filter(Boolean).join(' ') || email
      const { companyUuid, uuid, roomUuid, snippet } = hit
      const at = hit.createdAt.toISOString()
      return [{ kind: 'message' as const, companyUuid, uuid, roomUuid, author, snippet, at }]
    })
    return { messages, hint: null }
  } catch (error) {
    // What is no search for messages may still be a name: the rest is found.
    if (error instanceof InvalidAddressError) return { messages: [], hint: error.message }
    throw error
  }
}

async function messagesById(tx: Transaction, q: string) {
  const ids = idRange(Prisma.sql`uuid`, q)
  if (!ids) return []
  return tx.$queryRaw<{ company_uuid: string; uuid: string }[]>`
    SELECT company_uuid, uuid FROM message
    WHERE ${ids} AND deleted_at IS NULL LIMIT ${OF_EACH_KIND}::int`
}

function keyOf(row: { company_uuid: string; uuid: string }) {
  return { companyUuid: row.company_uuid, uuid: row.uuid }
}

function namesOf(row: { name: string | null; detail: string | null }) {
  return { name: row.name, detail: row.detail }
}
