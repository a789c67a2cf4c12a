import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { readRoomMessages, type RoomMessage } from './room-message'

/** A message of a thread, `depth` replies below the thread's first message. */
export type ThreadMessage = RoomMessage & { depth: number }

/** A thread depth first: each message is followed by its replies. `isCut` when there are more. */
export type Thread = { messages: ThreadMessage[]; isCut: boolean }

export const MAX_THREAD = 200
// A reply of a reply of a reply… is followed so far up to find where its thread begins.
const MAX_ANCESTORS = 100

/**
 * The whole thread that a message belongs to: up to the first message that was received, and down to all
 * replies and their replies, at most MAX_THREAD messages. It ends where a reply stands in another room than
 * what it replies to. Null when the room has no such message.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listThread(key: {
  companyUuid: string
  roomUuid: string
  uuid: string
}): Promise<Thread | null> {
  await requireUser()
  const root = await findRoot(key)
  if (root === undefined) return null
  // UNION, not UNION ALL: hostile messages can reply to each other in a circle.
  const found = await db().$queryRaw<{ uuid: string }[]>`
    WITH RECURSIVE thread AS (
      SELECT ${root}::text AS uuid
      UNION
      SELECT r.uuid FROM thread t CROSS JOIN LATERAL (
        SELECT m.uuid FROM message m
        WHERE m.company_uuid = ${key.companyUuid} AND m.replied_to_message_uuid = t.uuid
          AND m.room_uuid = ${key.roomUuid}
        LIMIT ${MAX_THREAD + 1}
      ) r
    )
    SELECT uuid FROM thread LIMIT ${MAX_THREAD + 1}`
  const uuids = found.slice(0, MAX_THREAD).map((row) => row.uuid)
  const messages = await readRoomMessages(key.companyUuid, uuids)
  return { messages: depthFirst(messages, root), isCut: found.length > MAX_THREAD }
}

async function findRoot(key: {
  companyUuid: string
  roomUuid: string
  uuid: string
}): Promise<string | undefined> {
  const rows = await db().$queryRaw<{ uuid: string }[]>`
    WITH RECURSIVE ancestor AS (
      SELECT m.uuid, m.replied_to_message_uuid AS parent, 0 AS height FROM message m
      WHERE m.company_uuid = ${key.companyUuid} AND m.uuid = ${key.uuid}
        AND m.room_uuid = ${key.roomUuid}
      UNION ALL
      SELECT p.uuid, p.parent, a.height + 1 FROM ancestor a CROSS JOIN LATERAL (
        SELECT m.uuid, m.replied_to_message_uuid AS parent FROM message m
        WHERE m.company_uuid = ${key.companyUuid} AND m.uuid = a.parent
          AND m.room_uuid = ${key.roomUuid}
      ) p
      WHERE a.height < ${MAX_ANCESTORS}
    )
    SELECT uuid FROM ancestor ORDER BY height DESC LIMIT 1`
  return rows[0]?.uuid
}

// Without recursion, so that no depth of replies can exhaust the stack.
function depthFirst(messages: RoomMessage[], root: string): ThreadMessage[] {
  const first = messages.filter((message) => message.uuid === root)
  const waiting = first.map((message) => ({ message, depth: 0 }))
  const placed = new Set<string>()
  const ordered: ThreadMessage[] = []
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { message, depth } = next
    if (placed.has(message.uuid)) continue
    placed.add(message.uuid)
    ordered.push({ ...message, depth })
    const replies = messages.filter((one) => one.parent?.uuid === message.uuid)
    for (const reply of replies.toReversed()) waiting.push({ message: reply, depth: depth + 1 })
  }
  return ordered
}
