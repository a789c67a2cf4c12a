import { FILE_KINDS } from './catalogue'
import { writeMessage } from './message-texts'
import type { SampleUser } from './sample-company'
import type { SamplePartnership } from './sample-partnership'
import type { SampleSource } from './sample-source'

export type SampleRoom = {
  uuid: string
  partnership: SamplePartnership
  /** The last messages only: what replies, edits and deletions choose from. */
  recent: SampleMessage[]
}

export type SampleMessage = {
  uuid: string
  room: SampleRoom
  author: SampleUser
  content: string
  repliedTo: string | null
  createdAt: number
  updatedAt: number
  attachments: SampleAttachment[]
  deleted: boolean
}

type SampleAttachment = {
  uuid: string
  file_name: string
  file_size: number
  mime_type: string
  file_url: string
}

const RECENT_MESSAGES = 24
const REPLY_PROBABILITY = 0.55
const ATTACHMENT_PROBABILITY = 0.15

/** An empty room of a partnership. */
export function makeRoom(source: SampleSource, partnership: SamplePartnership): SampleRoom {
  return { uuid: source.uuid('room'), partnership, recent: [] }
}

/** Writes a message into a room, often as a reply to one of its last messages, replies included. */
export function makeMessage(source: SampleSource, room: SampleRoom, at: number): SampleMessage {
  const { partnership } = room
  const repliedTo =
    room.recent.length > 0 && source.chance(REPLY_PROBABILITY) ? source.pick(room.recent) : null
  const author = source.pick(
    source.chance(0.5) ? partnership.company.users : partnership.partnerUsers,
  )
  const message: SampleMessage = {
    uuid: source.uuid('message'),
    room,
    author,
    content: writeMessage(source, repliedTo !== null),
    repliedTo: repliedTo?.uuid ?? null,
    createdAt: at,
    updatedAt: at,
    attachments: source.chance(ATTACHMENT_PROBABILITY)
      ? Array.from({ length: source.int(1, 3) }, () => makeAttachment(source))
      : [],
    deleted: false,
  }
  room.recent.push(message)
  if (room.recent.length > RECENT_MESSAGES) room.recent.shift()
  return message
}

/** Edits a message in place; now and then its attachments change as well. */
export function editMessage(source: SampleSource, message: SampleMessage, at: number): void {
  message.content = `${writeMessage(source, message.repliedTo !== null)} (edited)`
  message.updatedAt = Math.max(at, message.updatedAt + 1)
  if (source.chance(0.2)) message.attachments = [makeAttachment(source)]
}

/** Marks a message deleted. `at`: milliseconds since 1970; never before its last change. */
export function deleteMessage(message: SampleMessage, at: number): void {
  message.deleted = true
  message.updatedAt = Math.max(at, message.updatedAt + 1)
}

/** The body of the three message events (seed: message-events, Webhook Payload Schema). */
export function messageBody(message: SampleMessage): string {
  const { author, room } = message
  return JSON.stringify({
    message: {
      uuid: message.uuid,
      created_at: message.createdAt,
      updated_at: message.updatedAt,
      content: message.content,
      replied_to_message_uuid: message.repliedTo,
      room_uuid: room.uuid,
      created_by_user_uuid: author.uuid,
      created_by_user_email: author.email,
      created_by_user_first_name: author.firstName,
      created_by_user_last_name: author.lastName,
      created_by_user_profile_image_url: `https://cdn.journeybee.example/profile/${author.uuid}.jpg`,
      created_by_user_company_uuid: author.companyUuid,
      created_by_user_company_name: author.companyName,
      attachments: message.attachments,
      partnership_uuid: room.partnership.uuid,
      partner_type: room.partnership.partnerType,
    },
    configuration: [],
  })
}

function makeAttachment(source: SampleSource): SampleAttachment {
  const kind = source.pick(FILE_KINDS)
  const uuid = source.uuid('asset')
  const fileName = `${source.pick(kind.names)}.${kind.extension}`
  return {
    uuid,
    file_name: fileName,
    file_size: source.chance(0.02) ? 0 : source.int(900, 40_000_000),
    mime_type: kind.mimeType,
    file_url: `https://cdn.journeybee.example/files/${uuid}/${fileName}`,
  }
}
