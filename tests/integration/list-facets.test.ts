import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { fieldColumn } from '@/lib/list-view/field-column'
import type { Filter, ListName, ListView } from '@/lib/list-view/list-view'
import { listFacets, type Facet } from '@/lib/queries/list-facets'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { COMPANY, insertContacts, insertPartnerships, TIME } from '../support/read-model-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const LONG = '字'.repeat(10_000)
const SHOWN = '字'.repeat(200)

const stages = ['Active', 'Active', 'Active', 'Lost', '__proto__', LONG, '', null]
const tiers = ['Gold', 'Gold', 'Silver', 'Gold', 'constructor', `"'; --`, null, '=cmd()']

beforeAll(async () => {
  await insertPartnerships(
    stages.map((stageLabel, n) => ({
      uuid: `p${n}`,
      companyName: `Acme ${n}`,
      stageLabel,
      tierLabel: tiers[n] ?? null,
      countryLabel: `Country ${n}`,
      partnerType: n < 2 ? 'referral' : null,
    })),
  )
  // One label in two lengths that are shown alike.
  await insertPartnerships([{ uuid: 'p8', companyName: 'Other', stageLabel: LONG.slice(0, 300) }])
  await insertPartnerships(
    Array.from({ length: 60 }, (_, n) => ({
      uuid: `many_${n}`,
      companyUuid: 'company_b',
      companyName: 'Many',
      categoryLabel: `Category ${String(n % 57).padStart(2, '0')}`,
    })),
  )
  await insertContacts([{ uuid: 'c1', partnershipUuid: 'p0' }])
  await insertField('level', 'select', [['1'], ['1'], ['2'], []])
  await insertField('regions', 'multi_select', [['1', '2'], ['2'], ['__proto__'], []])
  await db().customField.create({ data: { ...FIELD, uuid: 'signed', type: 'boolean' } })
  await db().customFieldValue.createMany({
    data: [true, true, false, null].map((booleanValue, n) => ({
      ...VALUE,
      ownerUuid: `p${n}`,
      fieldUuid: 'signed',
      type: 'boolean',
      booleanValue,
    })),
  })
})

const FIELD = {
  companyUuid: COMPANY,
  sortKey: '',
  searchText: '',
  firstEventAt: TIME,
  occurredAt: TIME,
  eventSeq: 1n,
  projectorVersion: 1,
}
const VALUE = { companyUuid: COMPANY, ownerType: 'partnership', position: 0 } as const

async function insertField(uuid: string, type: string, chosen: string[][]) {
  const options = [
    { id: '1', label: 'One' },
    { id: '2', label: 'Two' },
  ]
  await db().customField.create({ data: { ...FIELD, uuid, type, options } })
  await db().customFieldValue.createMany({
    data: chosen.map((optionIds, n) => ({
      ...VALUE,
      ownerUuid: `p${n}`,
      fieldUuid: uuid,
      type,
      optionIds,
      optionLabels: optionIds,
    })),
  })
}

const level = fieldColumn(COMPANY, 'level')
const regions = fieldColumn(COMPANY, 'regions')
const signed = fieldColumn(COMPANY, 'signed')

function facets(view: Partial<ListView> = {}, columns?: string[]) {
  return actingAs(reader, () => listFacets('partnerships', { filters: [], ...view }, columns))
}

async function facet(column: string, view: Partial<ListView> = {}): Promise<Facet> {
  const [found] = await facets(view, [column])
  return found!
}

const filter = (column: string, operator: Filter['operator'], ...values: string[]) => ({
  column,
  operator,
  values,
})
const counts = ({ values }: Facet) => values.map(({ value, count }) => [value, count])

describe('the facets of the partnerships', () => {
  test('count each label as it is shown, the most frequent first, and rows without one', async () => {
    const stage = await facet('stage')
    expect(counts(stage)).toEqual([
      ['Active', 3],
      [SHOWN, 2],
      ['Lost', 1],
      ['__proto__', 1],
    ])
    expect(stage).toMatchObject({ column: 'stage', empty: 62, more: false })
    expect(stage.values.every(({ exact, label, value }) => exact && label === value)).toBe(true)
  })

  test('take labels from outside as text', async () => {
    expect(counts(await facet('tier'))).toEqual([
      ['Gold', 3],
      [`"'; --`, 1],
      ['=cmd()', 1],
      ['Silver', 1],
      ['constructor', 1],
    ])
  })

  test.each(['stage', 'tier', 'country', 'category', 'partnerType', 'hasContacts'])(
    'of %s agree with the list that a choice of theirs opens',
    async (column) => {
      const others = [filter('name', 'contains', 'acme')]
      const { values } = await facet(column, { filters: others })
      const operator = column === 'hasContacts' ? 'is' : 'any'
      for (const { value, count } of values) {
        const filters = [...others, filter(column, operator, value)]
        const list = await actingAs(reader, () => listPartnerships({ filters }, {}))
        expect(list.matches).toEqual({ count, exact: true })
      }
    },
  )

  test('stand under the other filters and the search, not under their own', async () => {
    const filters = [filter('tier', 'any', 'Gold'), filter('stage', 'any', 'Active')]
    expect(counts(await facet('stage', { filters }))).toEqual([
      ['Active', 2],
      ['Lost', 1],
    ])
    expect(counts(await facet('tier', { filters }))).toEqual([
      ['Gold', 2],
      ['Silver', 1],
    ])
    expect(counts(await facet('country', { filters, q: 'acme 1' }))).toEqual([['Country 1', 1]])
    expect(counts(await facet('stage', { q: 'acne 1' }))).not.toEqual([])
  })

  test('tell a value that is chosen although no row has it', async () => {
    const filters = [filter('stage', 'any', 'Gone'), filter('tier', 'any', 'Silver')]
    expect(counts(await facet('stage', { filters }))).toEqual([
      ['Active', 1],
      ['Gone', 0],
    ])
  })

  test('are cut to fifty values, besides those that are chosen', async () => {
    const category = await facet('category')
    expect(category.values).toHaveLength(50)
    expect(category).toMatchObject({ more: true, empty: 9 })
    expect(category.values[0]).toMatchObject({ value: 'Category 00', count: 2 })
    const chosen = await facet('category', { filters: [filter('category', 'any', 'Category 56')] })
    expect(counts(chosen)).toContainEqual(['Category 56', 1])
    expect(chosen.more).toBe(true)
  })

  test('count the options of select and multi-select fields by id, and yes and no', async () => {
    const view = { columns: [level, regions, signed].map((key) => ({ key })) }
    const found = await facets(view)
    const of = (key: string) => found.find(({ column }) => column === key)!
    expect(of(level)).toEqual({
      column: level,
      values: [
        { value: '1', label: 'One', count: 2, exact: true },
        { value: '2', label: 'Two', count: 1, exact: true },
      ],
      empty: 66,
      more: false,
    })
    expect(counts(of(regions))).toEqual([
      ['2', 2],
      ['1', 1],
      ['__proto__', 1],
    ])
    expect(of(signed).values).toMatchObject([
      { value: 'true', label: 'Yes', count: 2 },
      { value: 'false', label: 'No', count: 1 },
    ])
  })

  test('of custom fields stand under the other filters too', async () => {
    const filters = [filter('tier', 'any', 'Gold'), filter(level, 'any', '2')]
    expect(await facet(level, { filters })).toMatchObject({
      values: [
        { value: '1', label: 'One', count: 2 },
        { value: '2', label: 'Two', count: 0 },
      ],
      empty: 1,
    })
    expect(counts(await facet(signed, { filters: [filter(level, 'any', '1')] }))).toEqual([
      ['true', 2],
    ])
  })

  test('of the other lists count tags, kinds of files and types of fields', async () => {
    const tags = (labels: string[]) => labels.map((label) => ({ label }))
    await insertContacts([
      { uuid: 'c2', tags: tags(['VIP', 'VIP', '__proto__']) },
      { uuid: 'c3', tags: tags(['VIP']) },
    ])
    const of = (list: ListName, column: string) =>
      actingAs(reader, () => listFacets(list, { filters: [] }, [column]))
    const [tag] = await of('contacts', 'tags')
    expect(tag).toMatchObject({ empty: 1, more: false })
    expect(counts(tag!)).toEqual([
      ['VIP', 2],
      ['__proto__', 1],
    ])
    const [type] = await of('custom-fields', 'type')
    expect(counts(type!)).toEqual([
      ['boolean', 1],
      ['multi_select', 1],
      ['select', 1],
    ])
    expect(await of('attachments', 'kind')).toMatchObject([{ values: [], empty: 0 }])
  })

  test('of a field name every option by its label, however many it has', async () => {
    const options = Array.from({ length: 250 }, (_, n) => ({ id: `o${n}`, label: `Option ${n}` }))
    await db().customField.create({ data: { ...FIELD, uuid: 'long', type: 'select', options } })
    await db().customFieldValue.createMany({
      data: ['o1', 'o240', 'gone'].map((id, n) => ({
        ...{ ...VALUE, ownerUuid: `p${n}`, fieldUuid: 'long', type: 'select' },
        ...{ optionIds: [id], optionLabels: [id] },
      })),
    })
    const long = fieldColumn(COMPANY, 'long')
    expect((await facet(long)).values.map(({ label }) => label).sort()).toEqual([
      ...['Option 1', 'Option 240', 'gone'],
    ])
    const filters = [filter(long, 'any', 'o240', 'o249')]
    const { columns } = await actingAs(reader, () => listPartnerships({ filters }, {}))
    const named = columns.find(({ key }) => key === long)!.options!
    expect(named.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Option 1', 'Option 240', 'Option 249']),
    )
    expect(named).toHaveLength(202)
  })

  test('are told for all columns with such values unless some are asked for', async () => {
    const keys = (await facets()).map(({ column }) => column)
    expect(keys).toEqual([
      ...['stage', 'tier', 'category', 'country', 'industry', 'partnerType'],
      ...['hasContacts', 'hasMessages'],
    ])
    expect(await facets({}, ['name'])).toEqual([])
  })

  test('refuse a column or a filter that there is none of, and who is not signed in', async () => {
    await expect(facets({}, ['shoeSize'])).rejects.toBeInstanceOf(InvalidAddressError)
    await expect(
      facets({ filters: [filter('stage', 'between', '1', '2')] }),
    ).rejects.toBeInstanceOf(InvalidAddressError)
    await expect(listFacets('partnerships', { filters: [] })).rejects.toBeInstanceOf(
      UnauthenticatedError,
    )
  })
})
