import { REDACTED, SECRET_KEYS } from '@/lib/redacted'
import { storableJson } from '@/lib/schemas/storable'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING = [0x7b, 0x5b]
const CLOSING = [0x7d, 0x5d]

/** A copy of a token's claims without its secrets, storable as jsonb. Expects a bounded depth. */
export function redactClaims(claims: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(claims).map(([key, value]) => [
    key,
    SECRET_KEYS.includes(key) ? REDACTED : value,
  ])
  return storableJson(Object.fromEntries(kept)) as Record<string, unknown>
}

/**
 * Replaces the values of the secret keys at the top level of a JSON object, in its text: every other
 * character stays as it was received, so that the log keeps key order, spacing, repeated keys and the
 * spelling of numbers. A key counts however it is escaped, and each time it is repeated.
 *
 * @param text A valid JSON object.
 * @param parsed The same, parsed.
 */
export function redactBody(text: string, parsed: Record<string, unknown>): string {
  if (!SECRET_KEYS.some((key) => Object.hasOwn(parsed, key))) return text
  let redacted = ''
  let copied = 0
  for (const { start, end } of secretSpans(text)) {
    redacted += text.slice(copied, start) + JSON.stringify(REDACTED)
    copied = end
  }
  return redacted + text.slice(copied)
}

// Walks over the members of the outer object without recursion: the body may be nested at any depth.
function* secretSpans(text: string): Generator<{ start: number; end: number }> {
  let at = text.indexOf('{') + 1
  for (;;) {
    const keyStart = text.indexOf('"', at)
    if (keyStart < 0) return
    const keyEnd = endOfString(text, keyStart)
    const start = skipSpace(text, text.indexOf(':', keyEnd) + 1)
    const end = endOfValue(text, start)
    if (SECRET_KEYS.includes(JSON.parse(text.slice(keyStart, keyEnd)) as string))
      yield { start, end }
    at = skipSpace(text, end)
    if (text.charCodeAt(at) !== COMMA) return
    at++
  }
}

// The index behind the closing quote.
function endOfString(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i + 1
  }
}

function endOfValue(text: string, start: number): number {
  let depth = 0
  let i = start
  for (;;) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = endOfString(text, i)
      if (depth === 0) return i
    } else if (OPENING.includes(code)) {
      depth++
      i++
    } else if (CLOSING.includes(code)) {
      // A number, true, false or null ends at the bracket of the object that it stands in.
      if (depth === 0) return i
      i++
      if (--depth === 0) return i
    } else if (depth === 0 && (code === COMMA || isSpace(code))) return i
    else i++
  }
}

function skipSpace(text: string, start: number): number {
  let i = start
  while (isSpace(text.charCodeAt(i))) i++
  return i
}

// RFC 8259, section 2.
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
