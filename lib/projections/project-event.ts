import type { StoredEvent } from '@/lib/event-log/stored-event'
import { parseEventBody, type EventBodies } from '@/lib/schemas/event-body'
import { isEventType, type EventType } from '@/lib/schemas/event-types'
import { MAX_DEPTH, parseJsonObject } from '@/lib/schemas/parse-json-object'
import type { Changes } from './changes'
import { eventSource, type EventSource } from './event-source'
import { projectContacts } from './project-contacts'
import { projectMessage, projectMessageDeletion } from './project-message'
import { projectPartnership } from './project-partnership'

type Projection<Type extends EventType> = (body: EventBodies[Type], source: EventSource) => Changes

// A new event type does not compile until it stands here.
const PROJECTIONS: { [Type in EventType]: Projection<Type> } = {
  partner_created: projectPartnership,
  partner_updated: projectPartnership,
  partner_contact_created: projectContacts,
  partner_contact_updated: projectContacts,
  message_created: projectMessage,
  message_updated: projectMessage,
  message_deleted: projectMessageDeletion,
}

export type ProjectedEvent =
  | { ok: true; changes: Changes }
  | { ok: false; outcome: 'unsupported' | 'invalid'; code: string; message: string }

/**
 * What a stored event says about the read model: its body checked against today's schema and projected.
 * Depends on nothing but the event.
 *
 * @returns The changes, or why there are none: the type has no projection, or the body does not fit.
 */
export function projectEvent(event: StoredEvent): ProjectedEvent {
  const { eventType } = event
  if (!isEventType(eventType)) {
    const message = 'Waggle has no projection for events of this type.'
    return { ok: false, outcome: 'unsupported', code: 'unsupported_type', message }
  }
  const parsed = parseJsonObject(event.body)
  if (!parsed.ok) return invalid('not_json', 'The body is not a JSON object.')
  if (parsed.tooDeep)
    return invalid('too_deep', `The body is nested deeper than ${MAX_DEPTH} levels.`)
  return projectBody(eventType, parsed.value, eventSource(event))
}

function projectBody<Type extends EventType>(
  eventType: Type,
  value: Record<string, unknown>,
  source: EventSource,
): ProjectedEvent {
  const parsed = parseEventBody(eventType, value)
  if (!parsed.ok) return invalid('schema_mismatch', parsed.message)
  return { ok: true, changes: PROJECTIONS[eventType](parsed.body, source) }
}

// The codes are the receiver's, for the same faults.
function invalid(
  code: 'not_json' | 'too_deep' | 'schema_mismatch',
  message: string,
): ProjectedEvent {
  return { ok: false, outcome: 'invalid', code, message }
}
