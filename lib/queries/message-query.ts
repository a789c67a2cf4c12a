import { InvalidAddressError } from '@/lib/errors'
import { wordsOf } from '@/lib/message-words'

const MAX_QUERY_LENGTH = 200
const MAX_TERMS = 20

/**
 * Words that follow one another in a message. With `prefix` the last is the beginning of a word;
 * `excluded` means that a message must not have them.
 */
export type SearchTerm = { words: string[]; prefix: boolean; excluded: boolean }

/** What somebody looks for among messages. `after` inclusive, `before` exclusive, both a UTC midnight. */
export type MessageQuery = {
  terms: SearchTerm[]
  from: string[]
  in: string[]
  hasFile: boolean
  after?: Date
  before?: Date
}

type Token = { excluded: boolean; key: string | null; text: string; quoted: boolean }

const KEYS = ['from', 'in', 'has', 'before', 'after']
// -key:"a text", -"a text" or -text; a quotation mark that is not closed takes the rest.
const TOKEN = /(-?)(?:([a-z]+):)?(?:"([^"]*)("|$)|(\S+))/g
const TOO_SHORT_FOR_A_BEGINNING = /^[a-z0-9]{1,2}$/

/**
 * Reads a search for messages: words, "phrases", -words that must not be there, `from:`, `in:`,
 * `has:file`, `before:` and `after:` (YYYY-MM-DD). A word of three letters or more is found as the
 * beginning of a longer one; what stands in quotation marks is found as it is.
 *
 * @throws InvalidAddressError naming the part that can't be understood, or when nothing is asked for.
 */
export function parseMessageQuery(text: string): MessageQuery {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new InvalidAddressError(`A search has at most ${MAX_QUERY_LENGTH} characters.`)
  }
  const query: MessageQuery = { terms: [], from: [], in: [], hasFile: false }
  for (const token of tokensOf(text)) {
    if (token.key === null) addTerm(query, token)
    else addFilter(query, token.key, token)
  }
  if (query.terms.length > MAX_TERMS) {
    throw new InvalidAddressError(`A search has at most ${MAX_TERMS} words.`)
  }
  refuseNothing(query)
  return query
}

function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(TOKEN)) yield toToken(match)
}

function toToken(match: RegExpMatchArray): Token {
  const [whole, minus, key, phrase, close, word] = match
  if (phrase !== undefined && close !== '"') {
    throw new InvalidAddressError('A quotation mark is not closed.')
  }
  const excluded = minus === '-'
  const quoted = phrase !== undefined
  const value = phrase ?? word ?? ''
  const bare = KEYS.find((known) => word === `${known}:`)
  if (bare) throw needsValue(bare)
  // "https://…" and the like are no filters.
  if (key !== undefined && KEYS.includes(key)) return { excluded, key, text: value, quoted }
  const plain = quoted && key === undefined ? value : whole.slice(excluded ? 1 : 0)
  return { excluded, key: null, text: plain, quoted }
}

function addTerm(query: MessageQuery, { text, quoted, excluded }: Token): void {
  const words = [...wordsOf(text)].map(({ word }) => word)
  const last = words.at(-1)
  if (last === undefined) return
  const prefix = !quoted && !TOO_SHORT_FOR_A_BEGINNING.test(last)
  query.terms.push({ words, prefix, excluded })
}

function addFilter(query: MessageQuery, key: string, token: Token): void {
  const { text, excluded } = token
  if (excluded) {
    throw new InvalidAddressError(`“-${key}:” is not understood: only words can be left out.`)
  }
  if (text.trim() === '') throw needsValue(key)
  if (key === 'from') query.from.push(text.trim())
  else if (key === 'in') query.in.push(text.trim())
  else if (key === 'has') query.hasFile = readHas(text)
  else {
    const side = key === 'before' ? 'before' : 'after'
    if (query[side]) throw new InvalidAddressError(`“${side}:” is given more than once.`)
    query[side] = readDay(side, text)
  }
}

function readHas(text: string): true {
  if (text === 'file') return true
  throw new InvalidAddressError(`“has:” can be has:file; “${text}” is not known.`)
}

function readDay(key: string, text: string): Date {
  const time = /^[1-9]\d{3}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  const day = new Date(Number.isNaN(time) ? 0 : time)
  // Date.parse takes the 31st of any month and means the next one's first.
  if (Number.isNaN(time) || day.toISOString().slice(0, 10) !== text) {
    throw new InvalidAddressError(`“${key}:” needs a day, such as ${key}:2026-03-31.`)
  }
  return day
}

function refuseNothing(query: MessageQuery): void {
  const { terms, from, hasFile, before, after } = query
  const { length } = [...from, ...query.in]
  if (terms.some(({ excluded }) => !excluded) || length > 0 || hasFile || before || after) return
  throw new InvalidAddressError(
    terms.length > 0
      ? 'A search for what must not be there needs a word that must.'
      : 'This search has no word and no filter: it needs a letter or a digit.',
  )
}

function needsValue(key: string): InvalidAddressError {
  const example = key === 'has' ? 'has:file' : `${key}:…`
  return new InvalidAddressError(`“${key}:” needs to be followed by something, as in ${example}.`)
}
