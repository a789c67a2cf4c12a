import { parseEventBody, type EventBodies } from '@/lib/schemas/event-body'
import type { EventType } from '@/lib/schemas/event-types'

function parse<Type extends EventType>(type: Type, body: string): EventBodies[Type] {
  const result = parseEventBody(type, JSON.parse(body))
  if (!result.ok) throw new Error(result.message)
  return result.body
}

export const parsePartnership = (body: string) => parse('partner_created', body).partnership
export const parseMessage = (body: string) => parse('message_created', body).message
export const parseContactEvent = (body: string) => parse('partner_contact_created', body)
