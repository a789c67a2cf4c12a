import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { fieldColumn } from '@/lib/list-view/field-column'
import { OPERATORS_OF } from '@/lib/list-view/list-column'
import { LIST_NAMES, type Filter, type ListName, type ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { projectBatch } from '@/lib/projector/project-batch'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listContacts } from '@/lib/queries/list-contacts'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { listFacets } from '@/lib/queries/list-facets'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { ATTACHMENT_LIST } from '@/lib/queries/lists/attachment-list'
import type { ListDefinition } from '@/lib/queries/lists/column-definition'
import { CONTACT_LIST } from '@/lib/queries/lists/contact-list'
import { CUSTOM_FIELD_LIST } from '@/lib/queries/lists/custom-field-list'
import { PARTNERSHIP_LIST } from '@/lib/queries/lists/partnership-list'
import type { ListAnswer } from '@/lib/queries/lists/read-list'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'
import { walkPages } from '../../support/walk-pages'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const COMPANY = 'company_1'
const LONG = 'long '.repeat(2_000)

type Row = { companyUuid: string; uuid: string; messageUuid?: string }
type Reader = (view: ListView, at: PagePosition, size?: number) => Promise<ListAnswer<Row>>

const LISTS: Record<ListName, { definition: ListDefinition; read: Reader }> = {
  partnerships: { definition: PARTNERSHIP_LIST, read: listPartnerships },
  contacts: { definition: CONTACT_LIST, read: listContacts },
  'custom-fields': { definition: CUSTOM_FIELD_LIST, read: listCustomFields },
  attachments: { definition: ATTACHMENT_LIST, read: listAttachments },
}

const TYPES = ['text', 'textarea', 'number', 'date', 'boolean', 'select', 'multi_select'] as const
const FIELDS: Record<ListName, readonly string[]> = {
  ...{ partnerships: TYPES, contacts: ['text', 'number'], 'custom-fields': [], attachments: [] },
}
// Of a type that is not known nobody can say which of two values comes first.
const UNKNOWN = 'unheard_of'

beforeAll(async () => {
  const events: TestEvent[] = [0, 1, 2, 3, 4, 5].flatMap((n) => [
    partner(n),
    contact(n),
    message(n),
  ])
  await insertEvents(events)
  while ((await projectBatch()).claimed > 0);
})

describe.each(LIST_NAMES)('of the %s', (list) => {
  const { definition } = LISTS[list]
  const shown = definition.columns.filter(({ column }) => !column.filterOnly)

  test('every column that is shown can be sorted by and has the filters of its type', () => {
    expect(shown.length).toBeGreaterThan(3)
    for (const { column, sort } of shown) {
      expect([column.key, column.sortable, sort !== null]).toEqual([column.key, true, true])
      // A file always is of some kind.
      const every = OPERATORS_OF[column.type]
      const asked = column.key === 'kind' ? every.slice(0, 2) : every
      expect([column.key, column.operators]).toEqual([column.key, asked])
    }
  })

  const keys = [
    ...shown.map(({ column }) => column.key),
    ...FIELDS[list].map((type) => fieldColumn(COMPANY, `field_${type}`)),
  ]

  test.each(keys.flatMap((key) => [`${key} up`, `${key} down`]))(
    'sorted by %s every row comes once, there and back, the empty ones last',
    async (named) => {
      const [column = '', way] = named.split(' ')
      const sort = { column, descending: way === 'down' }
      const all = await ids(list, { filters: [] })
      expect(all.length).toBeGreaterThan(4)
      const { forwards, backwards } = await walkPages((at) =>
        ask(list, { filters: [], sort }, at, 2).then(({ page }) => page),
      )
      expect(forwards.map(idOf).toSorted()).toEqual(all.toSorted())
      expect(backwards).toEqual(forwards)
      const kind = (await ask(list, { filters: [] })).columns.find(({ key }) => key === column)
      if (!kind?.operators.includes('empty')) return
      const empty = await ids(list, { filters: [filter(column, 'empty')] })
      const filled = await ids(list, { filters: [filter(column, 'filled')] })
      expect([...empty, ...filled].toSorted()).toEqual(all.toSorted())
      // A row without a name stands where its next best name does, and a count of none is the least.
      const isPlaced =
        column === 'name' || kind.type === 'count' || column === 'tags' || kind.custom
      if (isPlaced) return
      expect(forwards.slice(filled.length).map(idOf).toSorted()).toEqual(empty.toSorted())
    },
  )
})

test('a custom field of a type that is not known can be asked for, and not sorted by', async () => {
  const { columns } = await ask('partnerships', { filters: [] })
  const unknown = columns.find(({ key }) => key === fieldColumn(COMPANY, `field_${UNKNOWN}`))
  expect(unknown).toMatchObject({ sortable: false, operators: ['empty', 'filled'] })
})

test('custom fields are sorted and filtered by how many fill them', async () => {
  const sort = { column: 'partnerships', descending: true }
  const { page } = await ask('custom-fields', { filters: [], sort })
  const counts = (page.rows as unknown as { partnerships: number }[]).map((r) => r.partnerships)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  expect(counts).toEqual([6, ...TYPES.map(() => 5)])
  const some = await ids('custom-fields', { filters: [filter('contacts', 'between', '1', '2')] })
  expect(some).toEqual(['field_number', 'field_text'])
})

test('files are sorted and filtered by who sent them, as the list shows it', async () => {
  const sort = { column: 'author', descending: false }
  const { page } = await ask('attachments', { filters: [], sort })
  expect(page.rows.map(({ messageUuid }) => messageUuid)).toEqual([
    ...['message_0', 'message_3'],
    ...['message_1', 'message_4'],
    ...['message_2', 'message_5'],
  ])
  const of = (operator: Filter['operator'], ...values: string[]) =>
    ids('attachments', { filters: [filter('author', operator, ...values)] })
  expect(await of('contains', 'zoe')).toEqual(['file_1', 'file_4'])
  expect(await of('is', 'ANN@partner.test')).toEqual(['file_0', 'file_3'])
  expect(await of('empty')).toEqual(['file_2', 'file_5'])
})

test.each([
  ['contacts', 'tags'],
  ['custom-fields', 'options'],
] as const)('the counts beside the filter agree with the list: %s by %s', async (list, column) => {
  const [facet] = await actingAs(reader, () => listFacets(list, { filters: [] }, [column]))
  expect(facet!.values.length).toBeGreaterThan(2)
  for (const { value, count } of facet!.values) {
    expect(await ids(list, { filters: [filter(column, 'any', value)] })).toHaveLength(count)
  }
  expect(await ids(list, { filters: [filter(column, 'empty')] })).toHaveLength(facet!.empty)
})

function ask(list: ListName, view: ListView, at: PagePosition = {}, size?: number) {
  return actingAs(reader, () => LISTS[list].read(view, at, size))
}

async function ids(list: ListName, view: ListView): Promise<string[]> {
  return (await ask(list, view)).page.rows.map(idOf).toSorted()
}

function idOf({ uuid }: Row): string {
  return uuid
}

function filter(column: string, operator: Filter['operator'], ...values: string[]): Filter {
  return { column, operator, values }
}

function partner(n: number): TestEvent {
  const value = (type: (typeof TYPES)[number]) => {
    if (n === 5) return null
    const values = {
      ...{ text: `text ${n % 2}`, textarea: LONG, number: n % 3, boolean: n % 2 === 0 },
      ...{ date: `2026-01-0${1 + (n % 4)}T00:00:00Z`, select: n % 2, multi_select: [n % 2, 7] },
    }
    return { [type]: values[type] }
  }
  const options = [
    { id: 0, label: 'None' },
    { id: 1, label: '' },
    { id: 7, label: LONG },
  ]
  return {
    eventType: 'partner_created',
    companyUuid: COMPANY,
    body: partnershipBody({
      uuid: `partnership_${n}`,
      company_name: ['Acme', 'acme', 'Überall', '', null, 'Zeta'][n],
      ...(n % 2 === 0 && {
        ...{ company_domain: `${n}.test`, company_website: 'https://a.test' },
        ...{ company_email: 'a@a.test', company_phone_number: '1', partner_type: 'referral' },
        ...{ stage: { uuid: 's', label: 'New' }, tier: { uuid: 't', label: LONG } },
        ...{ category: { uuid: 'c', label: 'C' }, country: { uuid: 'de', label: 'Germany' } },
        industry: { uuid: 'i', label: `Industry ${n}` },
      }),
      custom_fields: [
        ...TYPES.map((type) => ({
          ...{ uuid: `field_${type}`, label: `Field ${type}`, type, value: value(type) },
          options: type.endsWith('select') ? options : null,
        })),
        { uuid: `field_${UNKNOWN}`, label: '?', type: UNKNOWN, value: { x: n }, options: null },
      ],
    }),
  }
}

function contact(n: number): TestEvent {
  const tags = [
    [{ label: 'VIP' }, { label: LONG }],
    [{ label: null }, { label: 'VIP' }],
    [{ label: 'vip' }, { label: 'VIP' }, { label: 'VIP' }],
    [],
    [{ label: '' }],
    [{ label: `${LONG}and more` }],
  ]
  const custom =
    n < 2 ? [['text', { text: `of ${n}` }] as const, ['number', { number: n }] as const] : []
  return {
    eventType: 'partner_contact_created',
    companyUuid: COMPANY,
    body: {
      ...contactBody({
        uuid: `contact_${n}`,
        first_name: n < 4 ? `Name ${n % 2}` : null,
        ...(n % 2 === 0 && { email: 'b@b.test', position: 'CEO', phone_number: '2' }),
        ...(n % 2 === 0 && { company_name: 'Acme' }),
        tags: tags[n],
        custom_fields: custom.map(([type, value]) => ({
          ...{ uuid: `field_${type}`, label: `Field ${type}`, type, value, options: null },
        })),
      }),
      partnership: { uuid: n < 4 ? `partnership_${n % 2}` : 'unknown' },
    },
  }
}

function message(n: number): TestEvent {
  const author = [
    { created_by_user_uuid: 'user_1', created_by_user_email: 'ann@partner.test' },
    { created_by_user_uuid: 'user_2', created_by_user_first_name: 'Zoë' },
    // Somebody of whom no event has told a name.
    { created_by_user_uuid: 'user_3', created_by_user_email: null },
  ][n % 3]
  return {
    eventType: 'message_created',
    companyUuid: COMPANY,
    body: messageBody({
      ...{ uuid: `message_${n}`, room_uuid: `room_${n % 2}`, ...author },
      partnership_uuid: `partnership_${n % 2}`,
      attachments: [attachment(`file_${n}`, n === 0 ? { file_size: null, mime_type: null } : {})],
    }),
  }
}
