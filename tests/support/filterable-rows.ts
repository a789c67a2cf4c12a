import { fieldColumn } from '@/lib/list-view/field-column'
import type { ListView, Operator } from '@/lib/list-view/list-view'
import { listViewParams } from '@/lib/list-view/list-view-params'
import { readListView } from '@/lib/list-view/read-list-view'
import { insertCustomFields, insertFieldValues } from './custom-field-rows'
import { COMPANY, insertContacts, insertPartnerships, insertRooms } from './read-model-rows'

export const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
export const NASTY = [
  '__proto__',
  '"; DROP TABLE',
  '🐝 👩‍👩‍👧',
  '\u202eمرحبا',
  '=cmd()',
  'a%_\\b',
  '~,:&',
]
export const LONG = 'é'.repeat(10_000)
export const YEAR = new Date().getUTCFullYear()

export const field = (uuid: string) => fieldColumn(COMPANY, uuid)

/** Partnerships and contacts with every kind of value, empty ones and nasty ones among them. */
export async function insertFilterableRows(): Promise<void> {
  await insertPartnerships([
    { uuid: 'a', companyName: 'Ácme', tierLabel: 'Gold', countryLabel: 'Germany' },
    {
      uuid: 'b',
      companyName: 'Beta',
      tierLabel: 'gold',
      firstEventAt: new Date('2026-01-31T23:59:59.999Z'),
    },
    { uuid: 'c', companyName: 'Gamma', tierLabel: LONG, companyPhoneNumber: '+49 30 1234' },
    { uuid: 'd', companyName: 'Delta', tierLabel: '' },
    ...NASTY.map((label, n) => ({ uuid: `n${n}`, companyName: label, tierLabel: label })),
    { uuid: 'a', companyUuid: 'company_b', companyName: 'Other', tierLabel: 'Gold' },
  ])
  await insertContacts([
    {
      uuid: 'c1',
      firstName: 'Ann',
      partnershipUuid: 'a',
      tags: [{ label: 'VIP' }, { label: '__proto__' }],
    },
    {
      uuid: 'c2',
      firstName: 'Bob',
      partnershipUuid: 'a',
      position: 'CEO',
      tags: [{ label: 'VIP' }],
    },
    { uuid: 'c3', firstName: 'Cy', partnershipUuid: 'unknown' },
    { uuid: 'c4', firstName: 'Di' },
  ])
  await insertRooms([
    {
      uuid: 'r1',
      partnershipUuid: 'a',
      partnerType: 'reseller',
      messageCount: 3,
      lastMessageAt: new Date('2026-02-02T00:00:00Z'),
    },
  ])
  const types = ['text', 'number', 'date', 'boolean', 'select', 'multi_select', 'odd']
  await insertCustomFields(types.map((type) => ({ uuid: type, type, label: type })))
  await insertFieldValues([
    { fieldUuid: 'text', ownerUuid: 'a', textValue: 'Größe 100% _x_', raw: { text: 'x' } },
    { fieldUuid: 'text', ownerUuid: 'b', textValue: NASTY.join(' '), raw: { text: 'x' } },
    { fieldUuid: 'text', ownerUuid: 'c', textValue: '', raw: { text: '' } },
    { fieldUuid: 'text', ownerUuid: 'd', textValue: LONG, raw: { text: 'x' } },
    ...[-5, 0, 10.5, 1e300].map((numberValue, n) => ({
      fieldUuid: 'number',
      type: 'number',
      ownerUuid: 'abcd'[n]!,
      numberValue,
      raw: { number: numberValue },
    })),
    ...[
      `${YEAR}-01-01T00:00:00Z`,
      `${YEAR}-12-31T23:59:59.999Z`,
      `${YEAR - 1}-12-31T23:59:59.999Z`,
    ].map((date, n) => ({
      fieldUuid: 'date',
      type: 'date',
      ownerUuid: 'abc'[n]!,
      dateValue: new Date(date),
      raw: { date },
    })),
    {
      fieldUuid: 'boolean',
      type: 'boolean',
      ownerUuid: 'a',
      booleanValue: true,
      raw: { boolean: true },
    },
    {
      fieldUuid: 'boolean',
      type: 'boolean',
      ownerUuid: 'b',
      booleanValue: false,
      raw: { boolean: false },
    },
    ...[['1'], ['2'], ['__proto__']].map((optionIds, n) => ({
      fieldUuid: 'select',
      type: 'select',
      ownerUuid: 'abc'[n]!,
      optionIds,
      optionLabels: optionIds,
      raw: { select: 1 },
    })),
    ...[['1', '2'], ['2', '3'], ['~']].map((optionIds, n) => ({
      fieldUuid: 'multi_select',
      type: 'multi_select',
      ownerUuid: 'abc'[n]!,
      optionIds,
      optionLabels: optionIds,
      raw: { multi_select: [1] },
    })),
    { fieldUuid: 'odd', type: 'odd', ownerUuid: 'a', raw: { odd: { x: 1 } } },
  ])
}

export type Asked = [column: string, operator: Operator, ...values: string[]]

/** A view with these filters, through its address, as a page gets it. */
export function viewOf(asked: Asked[]): ListView {
  const filters = asked.map(([column, operator, ...values]) => ({ column, operator, values }))
  return readListView(new URLSearchParams(listViewParams({ filters }).toString()))
}
