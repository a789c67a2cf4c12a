import type { Changes, Keyed } from './changes'

/** A row that an event is about, and which of its sequence numbers tells the event that stands there. */
export type EventSubject = Keyed & {
  table: 'partnership' | 'contact' | 'message'
  writer: 'event_seq' | 'deleted_event_seq'
}

/**
 * What an event is about, of all that it says: its partnership, contacts or message. What it mentions in passing
 * (rooms, authors, definitions, settings) is left out. A deletion is about the deletion of its message.
 */
export function eventSubjects(changes: Changes): EventSubject[] {
  const of = (table: EventSubject['table'], { companyUuid, uuid }: Keyed) =>
    ({ table, companyUuid, uuid, writer: 'event_seq' }) as const
  return [
    ...changes.partnerships.map((row) => of('partnership', row)),
    ...changes.contacts.map((row) => of('contact', row)),
    ...changes.messages.map((row) =>
      row.deletion
        ? { ...of('message', row), writer: 'deleted_event_seq' as const }
        : of('message', row),
    ),
  ]
}
