import { Prisma } from '@/lib/db'
import type { Filter } from '@/lib/list-view/list-view'
import { filledValue } from '../filled-value'
import { builtIn, type ListDefinition } from './column-definition'
import { readBoolean } from './filter-values'
import type { ListTable } from './list-table'
import { labelsCondition, OPTION_LABELS } from './listed-labels'
import { ownColumns } from './own-columns'
import { countCondition, labelCondition, textCondition, textKey } from './own-conditions'
import { ownSource } from './sort-source'

const table: ListTable = {
  name: 'custom-fields',
  table: Prisma.sql`custom_field`,
  ids: ['company_uuid', 'uuid'],
  owner: null,
  shown: null,
}

const { time } = ownColumns(table)
const TYPE = Prisma.sql`r.type`
// As a cell begins: by its id where the first option has no label.
const FIRST_OPTION = Prisma.sql`coalesce(nullif(r.options -> 0 ->> 'label', ''), r.options -> 0 ->> 'id')`

/** The list of custom fields. */
export const CUSTOM_FIELD_LIST: ListDefinition = {
  name: 'custom-fields',
  table,
  defaultSort: { column: 'name', descending: false },
  columns: [
    builtIn({
      key: 'name',
      label: 'Label',
      type: 'text',
      width: 260,
      sort: ownSource(table, { kind: 'text', key: Prisma.sql`r.sort_key`, nullable: false }),
      condition: textCondition(Prisma.sql`r.label`, true),
    }),
    builtIn({
      key: 'type',
      label: 'Type',
      type: 'label',
      width: 120,
      sort: ownSource(table, { kind: 'text', key: textKey(TYPE), nullable: true }),
      condition: labelCondition(TYPE),
    }),
    // Every event writes its custom fields' rows anew: an index of what follows would cost each of them more
    // than sorting the few fields that there are costs a page.
    builtIn({
      key: 'options',
      label: 'Options',
      type: 'multi-select',
      width: 240,
      sort: ownSource(table, { kind: 'text', key: textKey(FIRST_OPTION), nullable: true }),
      condition: labelsCondition(OPTION_LABELS, { first: textKey(FIRST_OPTION) }),
    }),
    count('partnerships', 'Partnerships', 'partnership_count'),
    count('contacts', 'Contacts', 'contact_count'),
    time('firstSeen', 'First seen', 'first_event_at', { shownByDefault: false }),
    time('changed', 'Last changed', 'occurred_at'),
    filledFor('filled', 'Filled anywhere', Prisma.sql`TRUE`),
    filledFor(
      'onPartnerships',
      'Filled for partnerships',
      Prisma.sql`v.owner_type = 'partnership'`,
    ),
    filledFor('onContacts', 'Filled for contacts', Prisma.sql`v.owner_type = 'contact'`),
  ],
}

function count(key: string, label: string, column: string) {
  const value = Prisma.raw(`r.${column}`)
  return builtIn({
    key,
    label,
    type: 'count',
    width: 120,
    sort: ownSource(table, { kind: 'integer', key: value, nullable: false }),
    condition: countCondition(value),
  })
}

function filledFor(key: string, label: string, whose: Prisma.Sql) {
  return builtIn({
    key,
    label,
    type: 'boolean',
    operators: ['is'],
    filterOnly: true,
    sort: null,
    condition: (filter: Filter) => {
      // One is enough: the others are not looked at.
      const some = Prisma.sql`coalesce((SELECT TRUE FROM custom_field_value v
        WHERE v.company_uuid = r.company_uuid AND v.field_uuid = r.uuid AND ${whose} AND ${filledValue}
        LIMIT 1), FALSE)`
      return readBoolean(filter) ? some : Prisma.sql`NOT ${some}`
    },
  })
}
