import { Prisma } from '@/lib/db'
import { builtIn, type ColumnDefinition, type ListDefinition } from './column-definition'
import type { ListTable } from './list-table'
import { ownColumns } from './own-columns'
import {
  anyOfTotal,
  labelCondition,
  partnerTypeCondition,
  textCondition,
  textKey,
  timeCondition,
  totalCondition,
} from './own-conditions'
import { lastMessageSource, ownSource, partnerTypeSource, totalSource } from './sort-source'

const table: ListTable = {
  name: 'partnerships',
  table: Prisma.sql`partnership`,
  ids: ['company_uuid', 'uuid'],
  owner: 'partnership',
  shown: null,
}

const { text, time } = ownColumns(table)
const ASIDE = { shownByDefault: false, width: 180 }
const PRESENCE = ['is' as const]

/** The list of partnerships. */
export const PARTNERSHIP_LIST: ListDefinition = {
  name: 'partnerships',
  table,
  defaultSort: { column: 'name', descending: false },
  columns: [
    builtIn({
      key: 'name',
      label: 'Company',
      type: 'text',
      width: 260,
      sort: ownSource(table, { kind: 'text', key: Prisma.sql`r.sort_key`, nullable: false }),
      condition: textCondition(Prisma.sql`r.company_name`, true),
    }),
    label('stage', 'Stage', 'stage_label'),
    label('tier', 'Tier', 'tier_label'),
    label('category', 'Category', 'category_label'),
    label('country', 'Country', 'country_label'),
    label('industry', 'Industry', 'industry_label', false),
    builtIn({
      key: 'partnerType',
      label: 'Partner type',
      type: 'label',
      width: 130,
      sort: partnerTypeSource(table),
      condition: partnerTypeCondition,
    }),
    total('contacts', 'Contacts', 'contact_count'),
    total('messages', 'Messages', 'message_count'),
    total('rooms', 'Rooms', 'room_count', false),
    builtIn({
      key: 'lastMessage',
      label: 'Last message',
      type: 'date',
      shownByDefault: false,
      width: 140,
      sort: lastMessageSource(table),
      condition: totalCondition(Prisma.sql`last_message_at`, timeCondition),
    }),
    text('domain', 'Domain', 'company_domain', ASIDE),
    text('website', 'Website', 'company_website', ASIDE),
    text('email', 'E-mail', 'company_email', ASIDE),
    text('phone', 'Phone', 'company_phone_number', ASIDE),
    time('firstSeen', 'First seen', 'first_event_at', { shownByDefault: false }),
    time('changed', 'Last changed', 'occurred_at'),
    presence('hasContacts', 'Has contacts', 'contact_count'),
    presence('hasMessages', 'Has messages', 'message_count'),
  ],
}

function label(key: string, name: string, column: string, shownByDefault = true): ColumnDefinition {
  const value = Prisma.raw(`r.${column}`)
  return builtIn({
    key,
    label: name,
    type: 'label',
    shownByDefault,
    width: 130,
    sort: ownSource(table, { kind: 'text', key: textKey(value), nullable: true }),
    condition: labelCondition(value),
  })
}

function total(key: string, name: string, column: string, shownByDefault = true): ColumnDefinition {
  const value = Prisma.raw(column)
  return builtIn({
    key,
    label: name,
    type: 'count',
    shownByDefault,
    width: 100,
    sort: totalSource(table, value),
    condition: totalCondition(value),
  })
}

function presence(key: string, name: string, column: string): ColumnDefinition {
  return builtIn({
    key,
    label: name,
    type: 'boolean',
    operators: PRESENCE,
    filterOnly: true,
    sort: null,
    condition: anyOfTotal(Prisma.raw(column)),
  })
}
