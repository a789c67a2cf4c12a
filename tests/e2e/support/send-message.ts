import { expect } from '@playwright/test'
import type { App } from './app'
import { postEvent, signToken } from './webhook'

export const COMPANY = 'company_rooms'

/** When messages are written unless they say otherwise, in milliseconds since 1970. */
export const START = Date.UTC(2026, 0, 5, 9, 0)

type Message = { uuid: string; room_uuid: string } & Record<string, unknown>

/** Sends one message event through the real webhook; JourneyBee's times are milliseconds. */
export async function sendMessage(app: App, eventId: string, message: Message): Promise<void> {
  const token = await signToken({
    secret: await app.secret(),
    claims: { company_uuid: COMPANY, user_uuid: 'user_ada', event_id: eventId },
  })
  const response = await postEvent(app.webhookUrl, token, {
    message: {
      created_at: START,
      updated_at: START,
      content: 'Hello',
      replied_to_message_uuid: null,
      created_by_user_uuid: 'user_ada',
      created_by_user_first_name: 'Ada',
      created_by_user_last_name: 'Lindqvist',
      attachments: [],
      partnership_uuid: `partnership_of_${message.room_uuid}`,
      partner_type: 'referral',
      ...message,
    },
    configuration: [],
  })
  expect(response.status).toBe(200)
}
