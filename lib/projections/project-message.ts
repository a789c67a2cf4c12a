import type {
  DeletedMessageEventBody,
  DeletedMessageSnapshot,
  MessageEventBody,
} from '@/lib/schemas/message'
import {
  noChanges,
  type AttachmentRow,
  type AuthorRow,
  type Changes,
  type MessageContent,
} from './changes'
import { versionAt, type EventSource } from './event-source'
import { projectConfiguration } from './project-configuration'
import { belowEveryMoment } from './version'

/** message_created and message_updated (seed: message-events): the content of a message, its room and author. */
export function projectMessage(body: MessageEventBody, source: EventSource): Changes {
  return projectSnapshot(body, source, body.message.updated_at, false)
}

/**
 * message_deleted: the tombstone. Where the event also says in which room the message stood and since
 * when, it counts as content as well, so that a message that is known only from its deletion still
 * has its place in the thread; otherwise only the deletion is told. Only its uuid is sure to be there,
 * so that whatever a message_created or message_updated says of content, room or author comes first.
 */
export function projectMessageDeletion(
  body: DeletedMessageEventBody,
  source: EventSource,
): Changes {
  return projectSnapshot(body, source, body.message.updated_at ?? source.sentAt, true)
}

function projectSnapshot(
  body: DeletedMessageEventBody,
  source: EventSource,
  occurredAt: Date,
  isDeletion: boolean,
): Changes {
  const { message } = body
  const toldAt = isDeletion ? belowEveryMoment(occurredAt) : occurredAt
  const content = messageContent(message, source, toldAt)
  const author = projectAuthor(message, source, toldAt)
  return {
    ...noChanges(),
    rooms: content
      ? [
          {
            ...versionAt(source, toldAt),
            firstEventAt: occurredAt,
            uuid: content.roomUuid,
            partnershipUuid: message.partnership_uuid,
            partnerType: message.partner_type || null,
          },
        ]
      : [],
    messages: [
      {
        companyUuid: source.companyUuid,
        uuid: message.uuid,
        firstEventAt: occurredAt,
        content,
        deletion: isDeletion ? { occurredAt, eventSeq: source.eventSeq } : null,
      },
    ],
    authors: author ? [author] : [],
    integrationSettings: projectConfiguration(body.configuration, source),
  }
}

function messageContent(
  message: DeletedMessageSnapshot,
  source: EventSource,
  occurredAt: Date,
): MessageContent | null {
  if (message.room_uuid === null || !message.created_at) return null
  const updatedAt = message.updated_at ?? message.created_at
  return {
    occurredAt,
    eventSeq: source.eventSeq,
    roomUuid: message.room_uuid,
    partnershipUuid: message.partnership_uuid,
    authorUuid: message.created_by_user_uuid,
    content: message.content,
    repliedToMessageUuid: message.replied_to_message_uuid,
    createdAt: message.created_at,
    updatedAt,
    edited: updatedAt.getTime() > message.created_at.getTime(),
    attachments: projectAttachments(message.attachments),
  }
}

// One that stands twice counts once: the last wins.
function projectAttachments(items: DeletedMessageSnapshot['attachments']): AttachmentRow[] {
  const lastIndex = new Map(items.map((item, index) => [item.uuid, index]))
  return items.flatMap((item, index) => {
    if (lastIndex.get(item.uuid) !== index) return []
    return {
      uuid: item.uuid,
      position: index,
      fileName: item.file_name,
      fileSize: item.file_size,
      mimeType: item.mime_type,
      fileUrl: item.file_url,
    }
  })
}

// An event that names its author only by uuid says nothing about them: it must not blank what is known.
function projectAuthor(
  message: DeletedMessageSnapshot,
  source: EventSource,
  occurredAt: Date,
): AuthorRow | null {
  if (message.created_by_user_uuid === null) return null
  const profile = {
    email: message.created_by_user_email,
    firstName: message.created_by_user_first_name,
    lastName: message.created_by_user_last_name,
    profileImageUrl: message.created_by_user_profile_image_url,
    authorCompanyUuid: message.created_by_user_company_uuid,
    authorCompanyName: message.created_by_user_company_name,
  }
  if (Object.values(profile).every((value) => value === null)) return null
  return {
    companyUuid: source.companyUuid,
    uuid: message.created_by_user_uuid,
    occurredAt,
    eventSeq: source.eventSeq,
    ...profile,
  }
}
