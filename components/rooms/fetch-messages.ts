import type { RoomMessage } from '@/lib/queries/room-message'
import type { FeedPage } from './feed-state'

type Asked = { before?: string; after?: string; from?: string; to?: string }

/**
 * Asks the server for messages of a room: the newest when nothing is said.
 *
 * @throws When it does not answer, or with anything but messages.
 */
export async function fetchMessages(
  room: { companyUuid: string; uuid: string },
  asked: Asked,
): Promise<FeedPage> {
  const query = new URLSearchParams({ company: room.companyUuid, ...asked })
  const address = `/rooms/${encodeURIComponent(room.uuid)}/messages?${query}`
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  const page = (await response.json()) as FeedPage
  return { ...page, messages: page.messages.map(withDates) }
}

// JSON has no dates: the type says what they were before.
function withDates(message: RoomMessage): RoomMessage {
  const { createdAt, editedAt, deletion, reveals } = message
  return {
    ...message,
    createdAt: new Date(createdAt),
    editedAt: editedAt && new Date(editedAt),
    deletion: deletion && { ...deletion, at: new Date(deletion.at) },
    reveals: reveals && { ...reveals, lastAt: new Date(reveals.lastAt) },
  }
}
