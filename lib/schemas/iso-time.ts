const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * The moment that an ISO 8601 day, or day and time, names: milliseconds since 1970, negative before it.
 * Without a zone it is UTC, so that the outcome does not depend on the machine's own.
 *
 * @returns Null for anything else, also for a day that no calendar has.
 */
export function parseIsoTime(text: string): number | null {
  const parts = ISO_TIME.exec(text.trim())
  if (!parts) return null
  const [, day, time = '00:00', zone = 'Z'] = parts
  // Date.parse turns the 30th of February into the 1st of March: such a day is no date.
  const midnight = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(`${day}`)) return null
  const ms = Date.parse(`${day}T${time}${zone}`)
  return Number.isNaN(ms) ? null : ms
}
