import { isUuid } from '@/lib/is-uuid'

/** Whether a text can be an event's id at all; Postgres refuses others with an error. */
export function isEventId(text: string): boolean {
  return isUuid(text)
}
