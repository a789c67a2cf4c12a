const MAX_SORT_KEY_CHARACTERS = 200
const MAX_SEARCH_BYTES = 100 * 1024
// Every event of a partnership writes its search text into the index anew: a page of prose in a field must
// not make that slow.
const MAX_VALUE_CHARACTERS = 500
const COMBINING_MARKS = /[\u0300-\u036f]/g
const ASCII = /^[\0-\x7f]*$/

/**
 * The text that a list is sorted by: the first of the candidates that is not blank, lower-cased, at most
 * 200 characters, so that an index entry stays within Postgres's limit whatever somebody typed.
 */
export function sortKey(...candidates: (string | null)[]): string {
  const name = candidates.find((candidate) => candidate !== null && candidate.trim() !== '') ?? ''
  // Twice as many UTF-16 units as characters are always enough, and a megabyte is not walked through.
  const start = name
    .trim()
    .slice(0, 2 * MAX_SORT_KEY_CHARACTERS)
    .toLowerCase()
  return Array.from(start).slice(0, MAX_SORT_KEY_CHARACTERS).join('').toWellFormed()
}

/**
 * What a row is found by: its parts, folded, one a line. Only the first 100 KB are searchable.
 */
export function searchText(parts: (string | null)[]): string {
  const text = parts.filter((part) => part !== null && part !== '').join('\n')
  return cutToBytes(foldForSearch(text.slice(0, MAX_SEARCH_BYTES)), MAX_SEARCH_BYTES)
}

/** What a row is found by of its custom fields: the first 500 characters of each text. */
export function searchedValues(values: { textValue: string | null }[]): string[] {
  const texts: string[] = []
  for (const { textValue } of values) {
    if (textValue) texts.push(textValue.slice(0, MAX_VALUE_CHARACTERS))
  }
  return texts
}

/**
 * Lower-cases a text and takes its accents off ("Zoë" becomes "zoe"). What somebody looks for must go
 * through the same function as what is stored.
 */
export function foldForSearch(text: string): string {
  // Most texts have nothing else to be taken off, and looking is cheap.
  if (isAscii(text)) return text.toLowerCase()
  const decomposed = text.toWellFormed().toLowerCase().normalize('NFKD')
  return decomposed.replace(COMBINING_MARKS, '').normalize('NFC')
}

/** Whether a text has nothing but the 128 characters of ASCII. */
export function isAscii(text: string): boolean {
  return ASCII.test(text)
}

function cutToBytes(text: string, limit: number): string {
  // UTF-8 needs at most three bytes for a UTF-16 unit.
  if (text.length * 3 <= limit) return text
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  let end = limit
  // Not in the middle of a character: continuation bytes are 10xxxxxx.
  while ((bytes.readUInt8(end) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
