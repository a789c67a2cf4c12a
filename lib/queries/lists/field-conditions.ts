import { Prisma } from '@/lib/db'
import type { ColumnType } from '@/lib/list-view/list-column'
import type { Filter } from '@/lib/list-view/list-view'
import { foldForSearch } from '@/lib/search-text'
import { filledValue } from '../filled-value'
import {
  readBoolean,
  readNoValue,
  readNumberRange,
  readText,
  readTimeRange,
  readValues,
} from './filter-values'
import { bounds, folded, pattern, type Condition } from './own-conditions'

type FieldOf = {
  owner: 'partnership' | 'contact'
  companyUuid: string
  fieldUuid: string
  type: ColumnType
}

/** SQL on the rows `r` of a list, for a filter on one of their custom fields. */
export function fieldCondition({ owner, companyUuid, fieldUuid, type }: FieldOf): Condition {
  const ofField = Prisma.sql`v.company_uuid = ${companyUuid} AND v.field_uuid = ${fieldUuid}
    AND v.owner_type = ${owner}::custom_field_owner`
  const some = (value: Prisma.Sql) => Prisma.sql`(r.company_uuid, r.uuid) IN (
    SELECT v.company_uuid, v.owner_uuid FROM custom_field_value v WHERE ${ofField} AND ${value})`
  const none = (value: Prisma.Sql) => Prisma.sql`NOT EXISTS (
    SELECT 1 FROM custom_field_value v WHERE ${ofField} AND v.company_uuid = r.company_uuid
      AND v.owner_uuid = r.uuid AND ${value})`
  return (filter) => {
    switch (filter.operator) {
      case 'filled':
        readNoValue(filter)
        return some(filledValue)
      case 'empty':
        readNoValue(filter)
        return none(filledValue)
      case 'none':
        return none(options(filter, 'any'))
      default:
        return some(valueCondition(type, filter))
    }
  }
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
