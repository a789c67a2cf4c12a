import { foldForSearch, isAscii } from './search-text'

const MAX_TEXT_UNITS = 100 * 1024
const MAX_VECTOR_BYTES = 100 * 1024
const MAX_WORD_CHARACTERS = 100
// Between a text and a file name: no phrase spans both.
const GAP = 10

// Scripts that are written without spaces: a sentence would be one word, found only as a whole.
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map(
  (script) => `\\p{Script_Extensions=${script}}`,
)
const CHARACTER = `(?=[\\p{L}\\p{N}])[${UNSPACED.join('')}]`
const WORD = new RegExp(`${CHARACTER}\\p{M}*|(?:(?!${CHARACTER})[\\p{L}\\p{N}\\p{M}])+`, 'gu')
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu
// What the same comes to in a text of nothing else, which most are, in a fraction of the time.
const ASCII_WORD = /[A-Za-z0-9]+/g

/** A word as it is found by, and where it stands in its text (UTF-16 units, `end` exclusive). */
export type TextWord = { word: string; start: number; end: number }

/** What a message is found by; file names count more than its text. */
export type SearchableMessage = {
  content: string | null
  fileNames: (string | null)[]
  authorUuid: string | null
  roomUuid: string | null
  partnershipUuid: string | null
}

/**
 * The words of the first 100 KB of a text: runs of letters, digits and the marks on them, lower-cased and
 * without accents, at most 100 characters each. Of scripts without spaces each character is a word, so that a
 * word of theirs is found as a phrase. Any language and any locale of the database gives the same.
 */
export function* wordsOf(text: string): Generator<TextWord> {
  const part = text.slice(0, MAX_TEXT_UNITS)
  if (isAscii(part)) {
    for (const { 0: match, index: start } of part.matchAll(ASCII_WORD)) {
      const word = match.slice(0, MAX_WORD_CHARACTERS).toLowerCase()
      yield { word, start, end: start + match.length }
    }
    return
  }
  for (const match of part.matchAll(WORD)) {
    // Some letters unfold into more than letters: "½" is "1⁄2".
    const folded = foldForSearch(match[0]).replace(NO_WORD, '')
    const word = folded.length > MAX_WORD_CHARACTERS ? firstCharacters(folded) : folded
    if (word) yield { word, start: match.index, end: match.index + match[0].length }
  }
}

/**
 * A message as the text form of Postgres's tsvector: its words with their positions, and as words that no
 * text can hold ("author:…", "room:…", "partnership:…", "has:file") what a search filters by, so that one
 * index answers all of it. Made here and not by Postgres's parser, which takes "acme.com/a" for one word
 * and reads other alphabets by the database's locale. Stays far below the 1 MB that a tsvector may have.
 */
export function messageVector(message: SearchableMessage): string {
  const entries = filterWords(message).map(quoteLexeme)
  let bytes = 0
  let position = 0
  for (const [text, weight] of textsOf(message)) {
    for (const { word } of wordsOf(text)) {
      bytes += Buffer.byteLength(word)
      if (bytes > MAX_VECTOR_BYTES) return entries.join(' ')
      entries.push(`${quoteLexeme(word)}:${++position}${weight}`)
    }
    position += GAP
  }
  return entries.join(' ')
}

/** A word in the text form of tsvector and tsquery (PostgreSQL, 8.11 Text Search Types). */
export function quoteLexeme(word: string): string {
  const isPlain = !word.includes("'") && !word.includes('\\')
  return isPlain ? `'${word}'` : `'${word.replace(/['\\]/g, '$&$&')}'`
}

function filterWords(message: SearchableMessage): string[] {
  const { authorUuid, roomUuid, partnershipUuid, fileNames } = message
  return [
    ...(authorUuid ? [`author:${authorUuid}`] : []),
    ...(roomUuid ? [`room:${roomUuid}`] : []),
    ...(partnershipUuid ? [`partnership:${partnershipUuid}`] : []),
    ...(fileNames.length > 0 ? ['has:file'] : []),
  ]
}

// File names first: they are short, and a very long text shall not crowd them out.
function* textsOf({ content, fileNames }: SearchableMessage): Generator<[string, 'A' | '']> {
  for (const name of fileNames) if (name) yield [name, 'A']
  if (content) yield [content, '']
}

function firstCharacters(word: string): string {
  return Array.from(word).slice(0, MAX_WORD_CHARACTERS).join('')
}
