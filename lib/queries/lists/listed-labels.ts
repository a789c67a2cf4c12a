import { Prisma } from '@/lib/db'
import type { Filter } from '@/lib/list-view/list-view'
import { readNoValue, readValues } from './filter-values'
import { SHOWN_LENGTH, type Condition } from './own-conditions'

/** SQL for the labels of a contact's tags, on the list's row `r`: each once, cut as a list shows it. */
export const TAG_LABELS = Prisma.sql`
  SELECT DISTINCT left(given ->> 'label', 200) AS label FROM jsonb_array_elements(r.tags) given
  WHERE given ->> 'label' <> ''`

/** The same of a custom field's options; one without a label is shown by its id. */
export const OPTION_LABELS = Prisma.sql`
  SELECT DISTINCT left(coalesce(nullif(given ->> 'label', ''), given ->> 'id'), 200) AS label
  FROM jsonb_array_elements(CASE jsonb_typeof(r.options) WHEN 'array' THEN r.options ELSE '[]' END) given
  WHERE coalesce(nullif(given ->> 'label', ''), given ->> 'id') <> ''`

type Listed = {
  /** What the list is sorted by, which has an index: the first label. */
  first: Prisma.Sql
  /** JSON that an index finds by the whole labels in it, where there is one. */
  indexed?: Prisma.Sql
}

/** Whether a row has any, all or none of some labels; they are named as they are shown. */
export function labelsCondition(labels: Prisma.Sql, { first, indexed }: Listed): Condition {
  const has = (label: string) => {
    const isWhole = Array.from(label).length < SHOWN_LENGTH
    return indexed && isWhole
      ? Prisma.sql`${indexed} @> ${JSON.stringify([{ label }])}::jsonb`
      : Prisma.sql`EXISTS (SELECT 1 FROM (${labels}) shown WHERE shown.label = ${label})`
  }
  const each = (filter: Filter, operator: ' AND ' | ' OR ') =>
    Prisma.sql`(${Prisma.join(readValues(filter).map(has), operator)})`
  const some = Prisma.sql`EXISTS (${labels})`
  return (filter) => {
    switch (filter.operator) {
      case 'any':
        return each(filter, ' OR ')
      case 'all':
        return each(filter, ' AND ')
      case 'none':
        return Prisma.sql`NOT ${each(filter, ' OR ')}`
      case 'filled':
        readNoValue(filter)
        return Prisma.sql`(${first} IS NOT NULL OR ${some})`
      default:
        readNoValue(filter)
        // Only the first label is in the index: it may be a later one that there is.
        return Prisma.sql`(${first} IS NULL AND NOT ${some})`
    }
  }
}
