import { wordsOf, type TextWord } from '@/lib/message-words'
import type { SearchTerm } from './message-query'

/** A piece of a text from outside; `hit` pieces are what was looked for. */
export type SnippetPart = { text: string; hit: boolean }

const LENGTH = 240
const LEAD = 60

/**
 * The part of a text in which most of what was looked for stands, about 240 characters in one line, with
 * an ellipsis where the text goes on. Its beginning when nothing in it was looked for.
 */
export function messageSnippet(text: string, terms: SearchTerm[]): SnippetPart[] {
  const hits = findHits(text, terms)
  const from = startOfWindow(text, hits)
  const to = endOfWindow(text, from)
  const shown = hits.filter((hit) => hit.start >= from && hit.end <= to)
  const parts: SnippetPart[] = from > 0 ? [{ text: '…', hit: false }] : []
  let place = from
  for (const { start, end } of shown) {
    if (start < place) continue
    parts.push(
      { text: text.slice(place, start), hit: false },
      { text: text.slice(start, end), hit: true },
    )
    place = end
  }
  parts.push({ text: text.slice(place, to), hit: false })
  if (to < text.length) parts.push({ text: '…', hit: false })
  return inOneLine(parts)
}

type Span = { start: number; end: number }

/** Where the terms stand in a text, in its order; of those that overlap the longer one is kept. */
function findHits(text: string, terms: SearchTerm[]): Span[] {
  const wanted = terms.filter(({ excluded }) => !excluded)
  if (wanted.length === 0) return []
  const words = [...wordsOf(text)]
  const hits: Span[] = []
  for (let at = 0; at < words.length; at++) {
    const longest = Math.max(
      0,
      ...wanted.map((term) => (isAt(term, words, at) ? term.words.length : 0)),
    )
    const first = words[at]
    const last = words[at + longest - 1]
    if (longest === 0 || !first || !last) continue
    hits.push({ start: first.start, end: last.end })
    at += longest - 1
  }
  return hits
}

function isAt({ words: wanted, prefix }: SearchTerm, words: TextWord[], at: number): boolean {
  return wanted.every((word, i) => {
    const found = words[at + i]?.word
    return prefix && i === wanted.length - 1 ? found?.startsWith(word) : found === word
  })
}

// The window that begins a little before a hit and holds the most hits; the earliest of equal ones.
function startOfWindow(text: string, hits: Span[]): number {
  if (text.length <= LENGTH) return 0
  let best = { from: 0, count: 0 }
  let next = 0
  hits.forEach(({ start }, i) => {
    next = Math.max(next, i)
    while ((hits[next]?.end ?? Infinity) <= start - LEAD + LENGTH) next++
    if (next - i > best.count) best = { from: start - LEAD, count: next - i }
  })
  return best.from <= 0 ? 0 : wordStart(text, best.from)
}

function wordStart(text: string, from: number): number {
  const space = text.slice(from, from + LEAD).search(/\s/u)
  if (space >= 0) return from + space + 1
  // Not between the halves of a character.
  return isLowSurrogate(text, from) ? from + 1 : from
}

function endOfWindow(text: string, from: number): number {
  const to = from + LENGTH
  if (to >= text.length) return text.length
  return isLowSurrogate(text, to) ? to - 1 : to
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

function inOneLine(parts: SnippetPart[]): SnippetPart[] {
  return parts
    .map(({ text, hit }) => ({ text: text.replace(/\s+/gu, ' '), hit }))
    .filter(({ text }) => text !== '')
}
