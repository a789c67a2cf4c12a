import { Prisma, type Transaction } from '@/lib/db'
import { likeLiteral, searchWords } from '../search-condition'
import { inTurn } from './in-turn'
import { conjunction, disjunction, EVERY_ROW } from './key-order'
import type { ListTable } from './list-table'
import { readBeside, readWithin } from './read-only'
import { inRow } from './search-rows'
import { spellingVariants, type Spelling } from './spelling-variants'

// To look one up takes a twentieth of a millisecond …
const MOST_LOOKED_UP = 1_500
// … unless all rows have the trigrams that are left of it: then each of them is compared.
const PATIENCE_MS = 1_000

/** What a search looks for in place of words that nothing has. */
export type Correction = {
  /** SQL on the rows `r`. */
  condition: Prisma.Sql
  /** For each word that was typed, in their order: what rows have in its place. Without those that stay as they are. */
  words: string[][]
}

/** A word that was typed; whether any row has it, and what rows have that is one typing error away from it. */
type Reading = { typed: string; isKnown: boolean; variants: Variant[] }
type Variant = { spelling: Spelling; example: string }

const NOTHING: Correction = { condition: Prisma.sql`FALSE`, words: [] }

/**
 * Finds what somebody may have meant: for when nothing has all the words that were typed. Each word that nothing has
 * may have one typing error; only if that finds nothing may those that something has, too. What takes longer than
 * `patienceMs` to look up, waiting for others' corrections included, is not corrected.
 */
export async function correctSearch(
  tx: Transaction,
  table: ListTable,
  query: string | undefined,
  patienceMs: number = PATIENCE_MS,
): Promise<Correction> {
  const typed = searchWords(query)
  const end = performance.now() + patienceMs
  const words = typed.filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length === 0) return NOTHING
  // Of a single word it is known that nothing has it.
  const known = typed.length > 1 ? await areThere(tx, table, words.map(inRow)) : []
  const readings = words.map((typed, n): Reading => ({
    typed,
    isKnown: known[n] ?? false,
    variants: [],
  }))
  const unknown = readings.filter(({ isKnown }) => !isKnown)
  if (!(await findVariants(tx, table, unknown, end))) return NOTHING
  if (unknown.some(({ variants }) => variants.length === 0)) return NOTHING
  const strict = toCorrection(readings)
  if (unknown.length === readings.length) return strict
  if (unknown.length > 0) {
    const [isFound] = await areThere(tx, table, [strict.condition])
    if (isFound) return strict
  }
  const others = readings.filter(({ isKnown }) => isKnown)
  return (await findVariants(tx, table, others, end)) ? toCorrection(readings) : NOTHING
}

/** Whether any row fits, for each of the conditions. */
export async function areThere(
  tx: Transaction,
  { table, shown }: ListTable,
  conditions: Prisma.Sql[],
): Promise<boolean[]> {
  const exist = conditions.map(
    (condition) =>
      Prisma.sql`EXISTS (SELECT 1 FROM ${table} r WHERE ${conjunction([EVERY_ROW, shown, condition])})`,
  )
  const [found] = await tx.$queryRaw<{ exist: boolean[] }[]>`
    SELECT ARRAY[${Prisma.join(exist)}] AS exist`
  return found?.exist ?? []
}

/** Looks up which rows have something one typing error away from these words; false when that takes beyond `end`. */
async function findVariants(
  tx: Transaction,
  table: ListTable,
  readings: Reading[],
  end: number,
): Promise<boolean> {
  const asked = readings
    .flatMap((reading) =>
      spellingVariants(reading.typed).map((spelling) => ({ reading, spelling })),
    )
    .slice(0, MOST_LOOKED_UP)
  if (asked.length === 0) return true
  const spellings = asked.map(({ spelling }) => spelling)
  const [even, odd] = [0, 1].map((rest) => spellings.filter((_, n) => n % 2 === rest))
  const left = () => Math.max(end - performance.now(), 1)
  // Side by side, as it is most of what such a search takes: what one of them sees a moment later than the rest is
  // asked for again as a condition on the rows.
  const found = await inTurn(left(), () =>
    Promise.all([
      readWithin(tx, left(), () => examplesOf(tx, table, even ?? [])),
      readBeside(left(), (beside) => examplesOf(beside, table, odd ?? [])),
    ]),
  )
  const [first, second] = found ?? []
  if (!first || !second) return false
  for (const [n, { reading, spelling }] of asked.entries()) {
    const example = (n % 2 === 0 ? first : second).get(n >> 1)
    if (example !== undefined) reading.variants.push({ spelling, example })
  }
  return true
}

/** A word that some row has, for each of the spellings that any has, by its place. */
async function examplesOf(
  tx: Transaction,
  { table, shown }: ListTable,
  spellings: Spelling[],
): Promise<Map<number, string>> {
  if (spellings.length === 0) return new Map()
  // Without OFFSET Postgres would walk the table, as if it soon met what is looked for.
  const found = await tx.$queryRaw<{ n: number; example: string | null }[]>`
    SELECT asked.n::int - 1 AS n, left(found.example, 60) AS example
    FROM unnest(${spellings.map(likePattern)}::text[],
      ${spellings.map(wordPattern)}::text[]) WITH ORDINALITY asked(pattern, word, n)
    CROSS JOIN LATERAL (
      SELECT substring(left(fitting.search_text, 25600) FROM asked.word) AS example FROM (
        SELECT r.search_text FROM ${table} r
        WHERE ${conjunction([Prisma.sql`r.search_text LIKE asked.pattern`, shown])} OFFSET 0) fitting
      LIMIT 1) found
    ORDER BY asked.n`
  return new Map(found.map(({ n, example }) => [n, example ?? '']))
}

function toCorrection(readings: Reading[]): Correction {
  const ways = readings.map(({ typed, isKnown, variants }) =>
    disjunction([
      ...(isKnown ? [inRow(typed)] : []),
      ...variants.map(({ spelling }) => Prisma.sql`r.search_text LIKE ${likePattern(spelling)}`),
    ]),
  )
  const words = readings.map(({ typed, variants }) => [
    ...new Set(variants.map(({ example }) => example).filter((word) => !word.includes(typed))),
  ])
  return {
    condition: conjunction(ways),
    words: words.map((each) => each.filter(Boolean)).filter(({ length }) => length > 0),
  }
}

function likePattern(spelling: Spelling): string {
  return `%${spelling.map((letter) => (letter === null ? '_' : likeLiteral(letter))).join('')}%`
}

/** A regular expression of Postgres' for the whole word that has the spelling. */
function wordPattern(spelling: Spelling): string {
  const letters = spelling.map((letter, at) => {
    if (letter !== null) return letter.replace(/[^\p{L}\p{N}\s]/u, '\\$&')
    // At an end it may be what parts this word from the next.
    return at === 0 || at === spelling.length - 1 ? '[[:alnum:]]?' : '[^\n]'
  })
  return `[[:alnum:]]*${letters.join('')}[[:alnum:]]*`
}
