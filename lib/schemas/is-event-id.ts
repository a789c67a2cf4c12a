const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text can be an event's id at all; Postgres refuses others with an error. */
export function isEventId(text: string): boolean {
  return UUID.test(text)
}
