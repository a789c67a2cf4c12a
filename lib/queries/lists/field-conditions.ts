import { Prisma } from '@/lib/db'
import type { ColumnType } from '@/lib/list-view/list-column'
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
import { filledValue } from '../filled-value'
import { bounds, folded, pattern } from './own-conditions'

type FieldOf = {
  owner: 'partnership' | 'contact'
  companyUuid: string
  fieldUuid: string
  type: ColumnType
}

/** What a filter on a custom field asks of the one value `v` that a row has in it. */
export type ValueSet = {
  /** SQL for the values of the field. */
  field: Prisma.Sql
  /** SQL for those that the filter names. */
  value: Prisma.Sql
  /** Whether the rows with such a value fit, or all the others. */
  has: boolean
  /** Whether an index that is ordered by the values leads to those that the filter names. */
  ordered: boolean
}

/** Reads a filter on one of the custom fields that rows of a list have. */
export function fieldSet({ owner, companyUuid, fieldUuid, type }: FieldOf) {
  const field = Prisma.sql`v.company_uuid = ${companyUuid} AND v.field_uuid = ${fieldUuid}
    AND v.owner_type = ${owner}::custom_field_owner`
  return (filter: Filter): ValueSet => {
    switch (filter.operator) {
      case 'filled':
        readNoValue(filter)
        return { field, value: filledValue, has: true, ordered: false }
      case 'empty':
        readNoValue(filter)
        return { field, value: filledValue, has: false, ordered: false }
      case 'none':
        return { field, value: options(filter, 'any'), has: false, ordered: false }
      default:
        return { field, value: valueCondition(type, filter), has: true, ordered: ORDERED.has(type) }
    }
  }
}

const ORDERED = new Set<ColumnType>(['number', 'count', 'date', 'boolean'])

/** SQL on the rows `r` of a list: whether they are in the set. */
export function setCondition({ field, value, has }: ValueSet): Prisma.Sql {
  return has
    ? Prisma.sql`(r.company_uuid, r.uuid) IN (
        SELECT v.company_uuid, v.owner_uuid FROM custom_field_value v WHERE ${field} AND ${value})`
    : Prisma.sql`NOT EXISTS (
        SELECT 1 FROM custom_field_value v WHERE ${field} AND v.company_uuid = r.company_uuid
          AND v.owner_uuid = r.uuid AND ${value})`
}

/** The same, asked row by row: with a LIMIT Postgres never reads the values of all rows beforehand. */
export function setConditionOfEach({ field, value, has }: ValueSet): Prisma.Sql {
  return Prisma.sql`(SELECT TRUE FROM custom_field_value v WHERE ${field}
    AND v.company_uuid = r.company_uuid AND v.owner_uuid = r.uuid AND ${value} LIMIT 1)
    IS ${has ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}`
}

function valueCondition(type: ColumnType, filter: Filter): Prisma.Sql {
  switch (type) {
    case 'number': {
      const { min, max } = readNumberRange(filter)
      return bounds([
        min !== null && Prisma.sql`v.number_value >= ${min}::float8`,
        max !== null && Prisma.sql`v.number_value <= ${max}::float8`,
      ])
    }
    case 'date': {
      const { from, before } = readTimeRange(filter, new Date())
      return bounds([
        from && Prisma.sql`v.date_value >= ${from}::timestamptz`,
        before && Prisma.sql`v.date_value < ${before}::timestamptz`,
      ])
    }
    case 'boolean':
      return Prisma.sql`v.boolean_value = ${readBoolean(filter)}`
    case 'select':
    case 'multi-select':
      return options(filter, filter.operator === 'all' ? 'all' : 'any')
    default: {
      const wanted = foldForSearch(readText(filter))
      const operator = filter.operator === 'is' ? 'is' : 'contains'
      return Prisma.sql`v.text_value <> ''
        AND ${folded(Prisma.sql`v.text_value`)} LIKE ${pattern(wanted, operator)}`
    }
  }
}

// By the options' ids, which stay when somebody gives an option another label.
function options(filter: Filter, which: 'any' | 'all'): Prisma.Sql {
  const ids = readValues(filter)
  const operator = which === 'all' ? Prisma.sql`@>` : Prisma.sql`&&`
  return Prisma.sql`v.option_ids <> '{}' AND v.option_ids ${operator} ${ids}::text[]`
}
