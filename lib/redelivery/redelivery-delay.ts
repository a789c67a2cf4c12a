/** How often an event is tried before it counts as dead. */
export const MAX_TRIES = 8

const FIRST_MS = 5_000
const FACTOR = 3
const LONGEST_MS = 60 * 60 * 1_000

/**
 * The pause after so many failed tries in milliseconds: 5 s, 15 s, 45 s … 1 h, of which a random half to all, so
 * that what failed together is not tried together. All of them together span about two hours. A receiver
 * that asks for a longer pause gets it, up to an hour.
 *
 * @param retryAfterMs What its Retry-After says, or null.
 * @param random From 0 to 1.
 */
export function redeliveryDelay(
  tries: number,
  retryAfterMs: number | null,
  random: () => number = Math.random,
): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (tries - 1))
  const own = Math.round(longest * (0.5 + random() / 2))
  return Math.max(own, Math.min(retryAfterMs ?? 0, LONGEST_MS))
}

/**
 * A Retry-After header in milliseconds from now: seconds or a date (RFC 9110, 10.2.3). Null when it is neither, or
 * in the past.
 *
 * @param now In milliseconds since 1970.
 */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  // Date.parse takes much for a date that is none.
  if (!/^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null
  const ms = Date.parse(text) - now
  return ms > 0 ? ms : null
}
