import { REDACTED } from '@/lib/redacted'

// Of a signature or a secret that is cut off at the very end, so much is no coincidence.
const MIN_PART = 4

/** What a receiver may say back and nobody may keep: what a token and the secret that signed it look like in an answer. */
export type Unspeakable = {
  /** On bytes as Latin-1 text. */
  pattern: RegExp
  /** Of which also a beginning is one, where the text ends. */
  whole: string[]
  /** The longest of them in bytes: whoever cuts an answer must have read so much more. */
  longest: number
}

/**
 * What must not be kept of an answer to a request with this token: the token, also one whose signature was cut off
 * somewhere, the signature by itself, and the secret as text, in JSON, in an address, in a form and in base64. A receiver that
 * means harm can spell it otherwise; that one has the token anyway.
 */
export function unspeakable(token: string, secret: string): Unspeakable {
  const end = token.lastIndexOf('.')
  const signature = token.slice(end + 1)
  const spellings = [
    ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)],
    new URLSearchParams([['', secret]]).toString().slice(1),
    ...[secret, `Bearer ${token}`, token].flatMap((text) => [
      Buffer.from(text).toString('base64'),
      Buffer.from(text).toString('base64url'),
    ]),
  ]
  const whole = [signature, ...new Set(spellings)].map(asLatin1).sort(byLength)
  const parts = [`${quoted(token.slice(0, end))}(?:\\.[\\w-]*)?`, ...whole.map(quoted)]
  return {
    pattern: new RegExp(parts.join('|'), 'g'),
    whole,
    longest: Math.max(token.length, ...whole.map(({ length }) => length)),
  }
}

/**
 * The first so many bytes of an answer with `[redacted]` in the place of what must not be kept, also of what begins
 * within them and ends beyond.
 *
 * @param bytes So many, and as many more as `longest` says, where there are more.
 * @param kept Of the bytes as they came.
 */
export function redactAnswer(bytes: Buffer, { pattern, whole }: Unspeakable, kept: number): Buffer {
  const text = bytes.toString('latin1')
  const pieces: string[] = []
  let at = 0
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (index >= kept) break
    pieces.push(text.slice(at, index), REDACTED)
    at = index + found.length
  }
  const part = beginningAtEnd(text.slice(at), whole)
  if (part !== null && at + part < kept) pieces.push(text.slice(at, at + part), REDACTED)
  else pieces.push(text.slice(at, Math.max(at, kept)))
  return Buffer.from(pieces.join(''), 'latin1')
}

// Where the last characters begin to be the first ones of a secret; null when they are not.
function beginningAtEnd(text: string, whole: string[]): number | null {
  for (const secret of whole) {
    for (let length = Math.min(secret.length - 1, text.length); length >= MIN_PART; length--) {
      if (text.endsWith(secret.slice(0, length))) return text.length - length
    }
  }
  return null
}

// Bytes have no halves of characters: a text is looked for as the bytes that it is.
function asLatin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function byLength(a: string, b: string): number {
  return b.length - a.length
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
