const NUL = /\u0000/g
const REPLACEMENT = '\uFFFD'

/**
 * Makes a parsed string one that Postgres can store: U+0000 and lone surrogates, both legal in JSON,
 * become U+FFFD. The raw body in the event log keeps them.
 */
export function storableText(text: string): string {
  // Nearly every text is fine as it is, and this runs for every text of every event.
  if (text.isWellFormed() && !text.includes('\u0000')) return text
  return text.toWellFormed().replace(NUL, REPLACEMENT)
}

/**
 * The same for a whole JSON value, keys included. Numbers that JSON can express and a double can't
 * (`1e400`) become null. Expects a depth that was checked before (see parseJsonObject).
 */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(storableJson)
  if (value !== null && typeof value === 'object') {
    // fromEntries defines properties, so that a key "__proto__" stays data.
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item)]),
    )
  }
  return value
}
