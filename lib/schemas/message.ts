import { z } from 'zod'
import { configuration } from './configuration'
import {
  identifier,
  optionalByteCount,
  optionalIdentifier,
  optionalList,
  optionalText,
  timestamp,
} from './primitives'

const attachment = z.looseObject({
  uuid: identifier,
  file_name: optionalText,
  file_size: optionalByteCount,
  mime_type: optionalText,
  file_url: optionalText,
})

const author = {
  created_by_user_uuid: optionalIdentifier,
  created_by_user_email: optionalText,
  created_by_user_first_name: optionalText,
  created_by_user_last_name: optionalText,
  created_by_user_profile_image_url: optionalText,
  created_by_user_company_uuid: optionalIdentifier,
  created_by_user_company_name: optionalText,
}

const common = {
  uuid: identifier,
  content: optionalText,
  replied_to_message_uuid: optionalIdentifier,
  ...author,
  attachments: optionalList(attachment),
  partnership_uuid: optionalIdentifier,
  partner_type: optionalText,
}

// A message that is there needs its room and its times: they are where and when it is shown.
const message = z.looseObject({
  ...common,
  room_uuid: identifier,
  created_at: timestamp,
  updated_at: timestamp,
})

// Of a deleted one its uuid is enough: a tombstone must not be lost for want of decoration.
const deletedMessage = z.looseObject({
  ...common,
  room_uuid: optionalIdentifier,
  created_at: timestamp.nullish(),
  updated_at: timestamp.nullish(),
})

export type DeletedMessageSnapshot = z.output<typeof deletedMessage>

/** message_created and message_updated (seed: message-events, Webhook Payload Schema). */
export const messageEventBody = z.looseObject({ message, configuration })

/** message_deleted: the same body, of which only the message's uuid must be there. */
export const deletedMessageEventBody = z.looseObject({ message: deletedMessage, configuration })

export type MessageEventBody = z.output<typeof messageEventBody>
export type DeletedMessageEventBody = z.output<typeof deletedMessageEventBody>
