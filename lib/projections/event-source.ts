import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Version } from './version'

/** What a projection knows of the event besides its body. */
export type EventSource = {
  companyUuid: string
  eventSeq: bigint
  /** When the token was issued, or else when the event arrived. */
  sentAt: Date
}

/** What a projection may know of a stored event; without `iat` in the token its arrival stands for the time. */
export function eventSource(event: StoredEvent): EventSource {
  return {
    companyUuid: event.companyUuid,
    eventSeq: event.seq,
    sentAt: event.tokenIat ?? event.receivedAt,
  }
}

/** The version, and the first moment, that rows of this event carry. */
export function versionAt(
  source: EventSource,
  occurredAt: Date,
): Version & { companyUuid: string; firstEventAt: Date } {
  return {
    companyUuid: source.companyUuid,
    occurredAt,
    eventSeq: source.eventSeq,
    firstEventAt: occurredAt,
  }
}
