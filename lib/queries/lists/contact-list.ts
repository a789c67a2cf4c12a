import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { Filter } from '@/lib/list-view/list-view'
import type { RecordKey } from '../record-key'
import { builtIn, type ListDefinition } from './column-definition'
import { readNoValue } from './filter-values'
import type { ListTable } from './list-table'
import { labelsCondition, TAG_LABELS } from './listed-labels'
import { ownColumns } from './own-columns'
import { textCondition, textKey } from './own-conditions'
import { namedSource, ownSource } from './sort-source'

const table: ListTable = {
  name: 'contacts',
  table: Prisma.sql`contact`,
  ids: ['company_uuid', 'uuid'],
  owner: 'contact',
  shown: null,
}

const { text, time } = ownColumns(table)

const SAME_PARTNERSHIP = Prisma.sql`p.company_uuid = r.company_uuid AND p.uuid = r.partnership_uuid`
// Of no partnership, or of one that has not been received: few, and found without looking at all others.
const withoutPartnership = (columns: Prisma.Sql) => Prisma.sql`
  SELECT ${columns} FROM contact c WHERE c.company_uuid >= '' AND c.partnership_uuid IS NULL
  UNION ALL
  SELECT ${columns} FROM partnership_total t
  JOIN contact c ON c.company_uuid = t.company_uuid AND c.partnership_uuid = t.uuid
  WHERE NOT t.received`
const WITHOUT_PARTNERSHIP = Prisma.sql`(r.company_uuid, r.uuid) IN (
  ${withoutPartnership(Prisma.sql`c.company_uuid, c.uuid`)})`
const FULL_NAME = Prisma.sql`concat_ws(' ', nullif(r.first_name, ''), nullif(r.last_name, ''))`
const FIRST_TAG = Prisma.sql`r.tags -> 0 ->> 'label'`

/** The list of contacts. */
export const CONTACT_LIST: ListDefinition = {
  name: 'contacts',
  table,
  defaultSort: { column: 'name', descending: false },
  columns: [
    builtIn({
      key: 'name',
      label: 'Name',
      type: 'text',
      width: 220,
      sort: ownSource(table, { kind: 'text', key: Prisma.sql`r.sort_key`, nullable: false }),
      condition: textCondition(FULL_NAME, true),
    }),
    text('email', 'E-mail', 'email', { width: 240 }),
    text('position', 'Position', 'position', { words: true }),
    text('company', 'Company', 'contact_company_name'),
    builtIn({
      key: 'partnership',
      label: 'Partnership',
      type: 'text',
      width: 200,
      sort: namedSource(table, {
        key: Prisma.sql`p.sort_key`,
        from: Prisma.sql`partnership p JOIN contact r ON ${SAME_PARTNERSHIP}`,
        join: Prisma.sql`LEFT JOIN partnership p ON ${SAME_PARTNERSHIP}`,
        none: WITHOUT_PARTNERSHIP,
        without: Prisma.sql`(${withoutPartnership(Prisma.sql`c.*`)}) r`,
      }),
      condition: partnershipCondition,
    }),
    builtIn({
      key: 'tags',
      label: 'Tags',
      type: 'multi-select',
      width: 180,
      sort: ownSource(table, { kind: 'text', key: textKey(FIRST_TAG), nullable: true }),
      condition: labelsCondition(TAG_LABELS, {
        first: textKey(FIRST_TAG),
        indexed: Prisma.sql`r.tags`,
      }),
    }),
    text('phone', 'Phone', 'phone_number', { shownByDefault: false }),
    time('firstSeen', 'First seen', 'first_event_at', { shownByDefault: false }),
    time('changed', 'Last changed', 'occurred_at'),
    builtIn({
      key: 'partnershipKey',
      label: 'Partnership by its ids',
      type: 'text',
      operators: ['is'],
      filterOnly: true,
      sort: null,
      condition: partnershipKeyCondition,
    }),
  ],
}

function partnershipCondition(filter: Filter): Prisma.Sql {
  if (filter.operator === 'empty' || filter.operator === 'filled') {
    readNoValue(filter)
    return filter.operator === 'empty'
      ? WITHOUT_PARTNERSHIP
      : Prisma.sql`EXISTS (SELECT 1 FROM partnership p WHERE ${SAME_PARTNERSHIP})`
  }
  return Prisma.sql`(r.company_uuid, r.partnership_uuid) IN (
    SELECT p.company_uuid, p.uuid FROM partnership p WHERE ${partnershipNamed(filter)})`
}

/** SQL on the partnership `p`, for a filter on its name. */
export function partnershipNamed(filter: Filter): Prisma.Sql {
  return textCondition(Prisma.sql`p.company_name`, Prisma.sql`p.search_text`)(filter)
}

function partnershipKeyCondition(filter: Filter): Prisma.Sql {
  const { companyUuid, uuid } = partnershipKey(filter)
  return Prisma.sql`(r.company_uuid = ${companyUuid} AND r.partnership_uuid = ${uuid})`
}

/**
 * The one partnership that `is` names, by its company and its uuid.
 *
 * @throws InvalidAddressError when it does not name both.
 */
export function partnershipKey({ values }: Filter): RecordKey {
  const [companyUuid, uuid] = values
  if (values.length !== 2 || !companyUuid || !uuid) {
    throw new InvalidAddressError('A partnership is named by its company and its uuid.')
  }
  return { companyUuid, uuid }
}
