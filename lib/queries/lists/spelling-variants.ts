/** The characters of a way to spell a word; null stands for any one. */
export type Spelling = (string | null)[]

// Of fewer letters too much is one letter away.
const SHORTEST = 4
// Of four letters three stay when one is left out, and hundreds of words have those.
const SHORTEST_TO_LEAVE_OUT = 5
const LONGEST = 60
// pg_trgm looks a text up by three letters or digits in a row.
const RUN = 3
const LOOKED_UP = /[\p{L}\p{N}]{3}/u
const DIGITS = [...'0123456789 ']
// As foldForSearch leaves them.
const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщъыьэюя',
  'αβγδεζηθικλμνξοπρστυφχψως',
]

/**
 * What is one typing error away from a word (the distance of Damerau and Levenshtein): two neighbours turned round, a
 * letter too many, a wrong one, one left out. Each is soon looked up in a trigram index. None for words of less than 4
 * or more than 60 characters.
 *
 * @param word As foldForSearch leaves it.
 */
export function spellingVariants(word: string): Spelling[] {
  const letters = Array.from(word)
  if (letters.length < SHORTEST || letters.length > LONGEST) return []
  const alphabet = alphabetOf(letters)
  const variants = new Map<string, Spelling>()
  const add = (spelling: Spelling) => {
    for (const one of lookedUp(spelling, alphabet)) {
      // What is in no trigram would be looked for in every row.
      if (LOOKED_UP.test(one.map((letter) => letter ?? ' ').join(''))) {
        variants.set(JSON.stringify(one), one)
      }
    }
  }
  letters.forEach((letter, at) => {
    const before = letters.slice(0, at)
    const after = letters.slice(at + 1)
    const [next, ...rest] = after
    if (next !== undefined) add([...before, next, letter, ...rest])
    if (letters.length >= SHORTEST_TO_LEAVE_OUT) add([...before, ...after])
    add([...before, null, ...after])
    if (at > 0) add([...before, null, letter, ...after])
  })
  variants.delete(JSON.stringify(letters))
  return [...variants.values()]
}

/**
 * The spelling itself, or one for each letter that "any" may be. An end of one or two letters is in no trigram: every
 * row that has the rest would be compared.
 */
function lookedUp(spelling: Spelling, alphabet: string[] | null): Spelling[] {
  const at = spelling.indexOf(null)
  if (at < 0) return [spelling]
  const ends = [at, spelling.length - at - 1]
  const isLookedUp = ends.some((length) => length >= RUN)
  if (isLookedUp && ends.every((length) => length === 0 || length >= RUN)) return [spelling]
  if (alphabet) return alphabet.map((letter) => spelling.with(at, letter))
  return isLookedUp ? [spelling] : []
}

/** The letters that a word may be meant to have; null for scripts that have too many. */
function alphabetOf(letters: string[]): string[] | null {
  const others = letters.filter((letter) => /\p{L}/u.test(letter))
  if (others.length === 0) return DIGITS
  const alphabet = ALPHABETS.find((known) => others.every((letter) => known.includes(letter)))
  if (!alphabet) return null
  const hasDigits = letters.some((letter) => /\d/.test(letter))
  return [...alphabet, ...(hasDigits ? DIGITS : [' '])]
}
