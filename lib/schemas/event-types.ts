/** The event types that Waggle projects (seeds: partner-events, message-events; the token's `event_id`). */
export const EVENT_TYPES = [
  'partner_created',
  'partner_updated',
  'partner_contact_created',
  'partner_contact_updated',
  'message_created',
  'message_updated',
  'message_deleted',
] as const

export type EventType = (typeof EVENT_TYPES)[number]

/** Whether Waggle has a schema and a projection for this type; the others are stored as unsupported. */
export function isEventType(value: string): value is EventType {
  return (EVENT_TYPES as readonly string[]).includes(value)
}
