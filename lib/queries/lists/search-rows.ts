import { Prisma } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { conjunction, type ListCondition } from './find-keys'
import type { ListTable } from './list-table'
import { folded } from './own-conditions'

// Of the best match's likeness: what is much less alike than the best is not what was meant.
const CLOSE_TO_BEST = 0.8
const CANDIDATES = 2_000

/**
 * Rows of which every word that somebody typed occurs in the row's names and addresses, or in one of its
 * text custom fields.
 *
 * @returns Null when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchRows(table: ListTable, query: string | undefined): ListCondition | null {
  const words = searchWords(query)
  if (words.length === 0) return null
  const own = (word: string, alias: string) =>
    wordCondition(word, Prisma.raw(`${alias}.search_text`))
  if (!table.owner) {
    const condition = conjunction(words.map((word) => own(word, 'r')))
    return { check: condition, find: condition }
  }
  const ofText = (word: string) => Prisma.sql`v.owner_type = ${table.owner}::custom_field_owner
    AND v.text_value <> '' AND ${wordCondition(word, folded(Prisma.sql`v.text_value`))}`
  return {
    // The subquery has a LIMIT so that it is asked for one row, never for all of them beforehand.
    check: conjunction(
      words.map(
        (word) => Prisma.sql`(${own(word, 'r')} OR (
          SELECT TRUE FROM custom_field_value v
          WHERE v.company_uuid = r.company_uuid AND v.owner_uuid = r.uuid AND ${ofText(word)}
          LIMIT 1))`,
      ),
    ),
    find: conjunction(
      words.map(
        (word) => Prisma.sql`(r.company_uuid, r.uuid) IN (
          SELECT s.company_uuid, s.uuid FROM ${table.table} s WHERE ${own(word, 's')}
          UNION SELECT v.company_uuid, v.owner_uuid FROM custom_field_value v WHERE ${ofText(word)})`,
      ),
    ),
  }
}

/**
 * Rows that have something like every word that was typed: for when nothing has the words themselves. Only
 * those that are about as alike as the best one are taken.
 *
 * @returns Null when there is nothing to look for.
 */
export function similarRows(table: ListTable, query: string | undefined): ListCondition | null {
  const words = searchWords(query)
  if (words.length === 0) return null
  const ids = (alias: string) => Prisma.raw(table.ids.map((name) => `${alias}.${name}`).join(', '))
  const likeness = words.map((word) => Prisma.sql`word_similarity(${word}, s.search_text)`)
  const text = folded(Prisma.sql`v.text_value`)
  const inFields = Prisma.sql`
    UNION ALL (SELECT v.company_uuid, v.owner_uuid, least(${Prisma.join(
      words.map((word) => Prisma.sql`word_similarity(${word}, ${text})`),
    )}) FROM custom_field_value v
    WHERE v.owner_type = ${table.owner}::custom_field_owner AND v.text_value <> ''
      AND ${conjunction(words.map((word) => Prisma.sql`${text} %> ${word}`))}
    LIMIT ${CANDIDATES})`
  const find = Prisma.sql`(${ids('r')}) IN (
    WITH alike AS MATERIALIZED (
      (SELECT ${ids('s')}, least(${Prisma.join(likeness)}) AS likeness FROM ${table.table} s
       WHERE ${conjunction(words.map((word) => Prisma.sql`s.search_text %> ${word}`))}
       LIMIT ${CANDIDATES})
      ${table.owner ? inFields : Prisma.empty})
    SELECT ${ids('alike')} FROM alike
    WHERE likeness >= ${CLOSE_TO_BEST}::float8 * (SELECT max(likeness) FROM alike))`
  return { check: find, find }
}
