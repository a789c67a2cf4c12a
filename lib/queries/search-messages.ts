import { setImmediate as nextTurn } from 'node:timers/promises'
import { requireUser } from '@/lib/auth/current-user'
import type { Transaction } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, encodeCursor, type Page, type PagePosition } from '@/lib/pagination'
import { findMessages, type MessageSort } from './find-messages'
import { readOnly } from './lists/read-only'
import { messageCondition } from './message-condition'
import { parseMessageQuery, type SearchTerm } from './message-query'
import { messageSnippet, type SnippetPart } from './message-snippet'

/** A message that was found. `snippet` is empty when it has no text; `files` are those whose name fits. */
export type MessageHit = {
  companyUuid: string
  uuid: string
  roomUuid: string | null
  createdAt: Date
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  author: { firstName: string | null; lastName: string | null; email: string | null }
  attachmentCount: number
  snippet: SnippetPart[]
  files: SnippetPart[][]
}

/** `exact` is false when more messages match than are looked at: then `count` is the newest so many. */
export type MessageSearch = { page: Page<MessageHit>; count: number; exact: boolean }

/** How many of the newest matches are sorted and paged through. */
export const MESSAGES_FOUND = 1_000
const SEARCHED_TEXT = 100 * 1024
const PAGE_SIZE = 20
const FILES_SHOWN = 5

/**
 * Finds messages by their text, their file names, author, room and day. Only the newest thousand matches
 * are ranked: a search for more than that needs another word rather than a sixtieth page.
 *
 * @param q As parseMessageQuery reads it.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the search can't be understood or the position is none of it.
 */
export async function searchMessages(
  q: string,
  sort: MessageSort,
  position: PagePosition,
): Promise<MessageSearch> {
  await requireUser()
  const query = parseMessageQuery(q)
  const start = readStart(position)
  return readOnly(async (tx) => {
    const condition = await messageCondition(tx, query)
    const found = condition
      ? await findMessages(tx, condition, { limit: MESSAGES_FOUND, sort })
      : { keys: [], complete: true }
    const { keys } = found
    const rows = await readHits(tx, keys.slice(start, start + PAGE_SIZE), query.terms)
    const page = {
      rows,
      nextCursor: start + PAGE_SIZE < keys.length ? encodeCursor([start + PAGE_SIZE]) : null,
      previousCursor: start > 0 ? encodeCursor([start]) : null,
    }
    return { page, count: keys.length, exact: found.complete }
  })
}

// A place among the matches: of the first one to show, or of the one before which to stop.
function readStart({ after, before }: PagePosition): number {
  const cursor = after ?? before
  if (cursor === undefined) return 0
  const [place] = decodeCursor(cursor, 1)
  if (
    typeof place !== 'number' ||
    !Number.isInteger(place) ||
    place < 0 ||
    place > MESSAGES_FOUND
  ) {
    throw new InvalidAddressError('The page in this address does not exist.')
  }
  return before === undefined ? place : Math.max(0, place - PAGE_SIZE)
}

type Found = {
  company_uuid: string
  uuid: string
  room_uuid: string | null
  created_at: Date
  content: string | null
  attachment_count: number
  partnership_uuid: string | null
  partnership_received: boolean
  partnership_name: string | null
  first_name: string | null
  last_name: string | null
  email: string | null
  file_names: (string | null)[] | null
}

/** Reads messages for a list of results, in the order of the keys; those deleted meanwhile are left out. */
export async function readHits(
  tx: Transaction,
  keys: { company_uuid: string; uuid: string }[],
  terms: SearchTerm[],
): Promise<MessageHit[]> {
  if (keys.length === 0) return []
  const found = await tx.$queryRaw<Found[]>`
    SELECT m.company_uuid, m.uuid, m.room_uuid, m.created_at, m.attachment_count,
      left(m.content, ${SEARCHED_TEXT}) AS content,
      coalesce(m.partnership_uuid, r.partnership_uuid) AS partnership_uuid,
      p.uuid IS NOT NULL AS partnership_received, left(p.company_name, 300) AS partnership_name,
      left(a.first_name, 200) AS first_name, left(a.last_name, 200) AS last_name,
      left(a.email, 320) AS email,
      (SELECT array_agg(left(f.file_name, 300) ORDER BY f.position) FROM attachment f
       WHERE f.company_uuid = m.company_uuid AND f.message_uuid = m.uuid) AS file_names
    FROM json_to_recordset(${JSON.stringify(keys.map((key, place) => ({ ...key, place })))}::json)
      AS k(company_uuid text, uuid text, place int)
    JOIN message m ON m.company_uuid = k.company_uuid AND m.uuid = k.uuid
    LEFT JOIN room r ON r.company_uuid = m.company_uuid AND r.uuid = m.room_uuid
    LEFT JOIN partnership p ON p.company_uuid = m.company_uuid
      AND p.uuid = coalesce(m.partnership_uuid, r.partnership_uuid)
    LEFT JOIN author a ON a.company_uuid = m.company_uuid AND a.uuid = m.author_uuid
    WHERE m.deleted_at IS NULL
    ORDER BY k.place`
  const hits: MessageHit[] = []
  for (const row of found) {
    hits.push(toHit(row, terms))
    // Looking through long texts must not hold up deliveries.
    await nextTurn()
  }
  return hits
}

function toHit(found: Found, terms: SearchTerm[]): MessageHit {
  return {
    companyUuid: found.company_uuid,
    uuid: found.uuid,
    roomUuid: found.room_uuid,
    createdAt: found.created_at,
    partnershipUuid: found.partnership_uuid,
    partnershipReceived: found.partnership_received,
    partnershipName: found.partnership_name,
    author: { firstName: found.first_name, lastName: found.last_name, email: found.email },
    attachmentCount: found.attachment_count,
    snippet: messageSnippet(found.content ?? '', terms),
    files: (found.file_names ?? [])
      .map((name) => messageSnippet(name ?? '', terms))
      .filter((parts) => parts.some(({ hit }) => hit))
      .slice(0, FILES_SHOWN),
  }
}
