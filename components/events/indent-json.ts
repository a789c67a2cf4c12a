import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'

const MAX_DEPTH = 64
const MAX_LENGTH = 1_000_000
const INDENT = '  '

/**
 * Lays out JSON text for reading without parsing it, so that big numbers, repeated keys and escapes stay as
 * they were sent. Expects valid JSON; walks it in a loop, so that nesting can't exhaust the stack.
 *
 * @returns null when it is nested deeper than 64 or would become longer than a page should hold.
 */
export function indentJson(text: string): string | null {
  let out = ''
  let depth = 0
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (char === '"') {
      const end = endOfString(text, at)
      // In a body they are there to mislead; the escape is the same JSON.
      out += text.slice(at, end).replace(BIDI_CONTROLS, escapeCharacter)
      at = end
      continue
    }
    if (char === '{' || char === '[') {
      const next = skipSpace(text, at + 1)
      if (text[next] === '}' || text[next] === ']') {
        out += char + text[next]
        at = next + 1
        continue
      }
      if (++depth > MAX_DEPTH) return null
      out += char + newLine(depth)
    } else if (char === '}' || char === ']') out += newLine(--depth) + char
    else if (char === ',') out += char + newLine(depth)
    else if (char === ':') out += ': '
    else if (!isSpace(char)) out += char
    if (out.length > MAX_LENGTH) return null
    at++
  }
  return out
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && isSpace(text[at]!)) at++
  return at
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

function newLine(depth: number): string {
  return `\n${INDENT.repeat(Math.max(0, depth))}`
}

function escapeCharacter(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}
