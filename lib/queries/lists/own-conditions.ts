import { Prisma } from '@/lib/db'
import type { Filter } from '@/lib/list-view/list-view'
import { foldForSearch } from '@/lib/search-text'
import {
  readBoolean,
  readNoValue,
  readNumberRange,
  readText,
  readTimeRange,
  readValues,
} from './filter-values'

export type Condition = (filter: Filter) => Prisma.Sql

/** How many characters of a label or a name tell it from others: as many as a list shows. */
export const SHOWN_LENGTH = 200

/** SQL for what a text is sorted by; an index holds it. Null when there is none. */
export function textKey(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`lower(left(nullif(${text}, ''), 200))`
}

/** A label is asked for as it is shown; the index that finds it holds it in small letters. */
export function labelCondition(label: Prisma.Sql, key: Prisma.Sql = textKey(label)): Condition {
  return (filter) => {
    const shown = Prisma.sql`left(nullif(${label}, ''), 200)`
    switch (filter.operator) {
      case 'any': {
        const labels = readValues(filter)
        // Coalesced so that the planner does not take it for as rare again as the key.
        return Prisma.sql`(
          ${key} IN (${Prisma.join(labels.map((text) => Prisma.sql`lower(left(${text}::text, 200))`))})
          AND coalesce(${shown} = ANY (${labels}::text[]), FALSE))`
      }
      case 'none':
        return Prisma.sql`(${shown} = ANY (${readValues(filter)}::text[])) IS NOT TRUE`
      default:
        return keyPresence(filter, key)
    }
  }
}

/**
 * @param searched The folded text with an index that holds this one too: `r.search_text` when it is true, none but its
 *   own when it is false.
 */
export function textCondition(text: Prisma.Sql, searched: boolean | Prisma.Sql): Condition {
  const indexed = searched === true ? Prisma.sql`r.search_text` : searched
  return (filter) => {
    if (filter.operator !== 'contains' && filter.operator !== 'is') {
      return keyPresence(filter, textKey(text))
    }
    const wanted = foldForSearch(readText(filter))
    const matches = Prisma.sql`${folded(text)} LIKE ${pattern(wanted, filter.operator)}`
    return indexed
      ? Prisma.sql`(${indexed} LIKE ${pattern(wanted, 'contains')} AND ${matches})`
      : matches
  }
}

/** SQL for a text as it is searched: lower-cased, without accents, its first 25,600 characters. */
export function folded(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`folded_text(${text})`
}

/** SQL for the pattern that finds a folded text. */
export function pattern(text: string, operator: 'contains' | 'is'): Prisma.Sql {
  const literal = text.replace(/[\\%_]/g, '\\$&')
  return Prisma.sql`fold_for_search(${operator === 'is' ? literal : `%${literal}%`}::text)`
}

export function timeCondition(time: Prisma.Sql): Condition {
  return (filter) => {
    if (filter.operator !== 'between' && filter.operator !== 'within') {
      return keyPresence(filter, time)
    }
    const { from, before } = readTimeRange(filter, new Date())
    return bounds([
      from && Prisma.sql`${time} >= ${from}::timestamptz`,
      before && Prisma.sql`${time} < ${before}::timestamptz`,
    ])
  }
}

/** @param number A whole number; the bounds may be fractions. */
export function numberCondition(number: Prisma.Sql): Condition {
  return (filter) =>
    filter.operator === 'between' ? within(number, filter) : keyPresence(filter, number)
}

/** Of a count, which is always there: none is what somebody would call empty. */
export function countCondition(count: Prisma.Sql): Condition {
  return (filter) => {
    if (filter.operator === 'between') return within(count, filter)
    readNoValue(filter)
    return filter.operator === 'filled' ? Prisma.sql`${count} > 0` : Prisma.sql`${count} = 0`
  }
}

function within(number: Prisma.Sql, filter: Filter): Prisma.Sql {
  const { min, max } = readNumberRange(filter)
  return bounds([
    min !== null && Prisma.sql`${number} >= ${bigint(Math.ceil(min))}::bigint`,
    max !== null && Prisma.sql`${number} <= ${bigint(Math.floor(max))}::bigint`,
  ])
}

/** Of a number that the projector keeps of every partnership; where it is not kept there is nothing. */
export function totalCondition(column: Prisma.Sql, condition = countCondition): Condition {
  const total = (where: Prisma.Sql) => Prisma.sql`(r.company_uuid, r.uuid) IN (
    SELECT t.company_uuid, t.uuid FROM partnership_total t WHERE t.received AND ${where})`
  return (filter) =>
    filter.operator === 'empty'
      ? Prisma.sql`NOT EXISTS (SELECT 1 FROM partnership_total t WHERE t.company_uuid = r.company_uuid
          AND t.uuid = r.uuid AND ${condition(Prisma.sql`t.${column}`)({ ...filter, operator: 'filled' })})`
      : total(condition(Prisma.sql`t.${column}`)(filter))
}

/** Of the partner type that the projector keeps of every partnership. */
export function partnerTypeCondition(filter: Filter): Prisma.Sql {
  const fits = labelCondition(Prisma.sql`t.partner_type`)(filter)
  return Prisma.sql`(r.company_uuid, r.uuid) IN (
    SELECT t.company_uuid, t.uuid FROM partnership_total t WHERE t.received AND ${fits})`
}

/** Whether there is any of a number that the projector keeps. */
export function anyOfTotal(column: Prisma.Sql): Condition {
  return (filter) => {
    const sign = readBoolean(filter) ? Prisma.sql`>` : Prisma.sql`=`
    return Prisma.sql`(r.company_uuid, r.uuid) IN (
      SELECT t.company_uuid, t.uuid FROM partnership_total t WHERE t.received AND t.${column} ${sign} 0)`
  }
}

/** `empty` and `filled` of a key; its index answers IS NULL, and not the opposite of a condition. */
export function keyPresence(filter: Filter, key: Prisma.Sql): Prisma.Sql {
  readNoValue(filter)
  return filter.operator === 'filled' ? Prisma.sql`${key} IS NOT NULL` : Prisma.sql`${key} IS NULL`
}

/** All bounds that are given; there is at least one. */
export function bounds(given: (Prisma.Sql | null | false)[]): Prisma.Sql {
  const some = given.filter((bound): bound is Prisma.Sql => bound !== null && bound !== false)
  return Prisma.sql`(${Prisma.join(some, ' AND ')})`
}

// Further than any count goes, and within what Postgres can compare.
function bigint(number: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number))
}
