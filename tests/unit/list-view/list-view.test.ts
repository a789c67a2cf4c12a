import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { fieldColumn, readFieldColumn } from '@/lib/list-view/field-column'
import { OPERATORS, type ListView } from '@/lib/list-view/list-view'
import { listViewParams } from '@/lib/list-view/list-view-params'
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, readListView } from '@/lib/list-view/read-list-view'

const NASTY = [
  '__proto__',
  'constructor',
  '=cmd()',
  '"\'`<script>',
  '~',
  '%7E',
  '%',
  '-,:~%&=#?+ ',
  'שלום \u202e مرحبا',
  '👩‍👩‍👧 é é',
  'field~a~b',
  '\n\t\r',
]

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\u0000')),
)
const id = text.filter((value) => value !== '' && value.length <= 200)
const column = fc.oneof(
  fc.constantFrom('name', 'stage', 'partnerType', 'firstSeen', 'hasContacts'),
  fc.tuple(id, id).map(([company, field]) => fieldColumn(company, field)),
)
const filter = fc.record({
  column,
  operator: fc.constantFrom(...OPERATORS),
  values: fc.array(text, { maxLength: 5 }),
})
const shown = fc.record(
  { key: column, width: fc.integer({ min: MIN_COLUMN_WIDTH, max: MAX_COLUMN_WIDTH }) },
  { requiredKeys: ['key'] },
)
const view: fc.Arbitrary<ListView> = fc.record(
  {
    q: text.filter((value) => value !== ''),
    filters: fc.array(filter, { maxLength: 5 }),
    sort: fc.record({ column, descending: fc.boolean() }),
    columns: fc.uniqueArray(shown, { minLength: 1, maxLength: 8, selector: ({ key }) => key }),
    density: fc.constant('compact' as const),
    view: fc.uuid(),
  },
  { requiredKeys: ['filters'] },
)

describe('a view', () => {
  test('is read from its address as it was written into it, whatever texts it holds', () => {
    fc.assert(
      fc.property(view, (written) => {
        const address = `?${listViewParams(written)}`
        expect(readListView(new URLSearchParams(address))).toEqual(written)
      }),
    )
  })

  test('has one address: what is read from one is written as the same', () => {
    fc.assert(
      fc.property(view, (written) => {
        const address = listViewParams(written).toString()
        expect(listViewParams(readListView(new URLSearchParams(address))).toString()).toBe(address)
      }),
    )
  })

  test('of the bare address of a list has nothing in it', () => {
    expect(readListView({})).toEqual({ filters: [] })
    expect(listViewParams({ filters: [] }).toString()).toBe('')
  })

  test('reads what Next makes of an address: one filter or several', () => {
    const gold = { column: 'tier', operator: 'any', values: ['Gold'] }
    expect(readListView({ filter: 'tier~any~Gold' })).toEqual({ filters: [gold] })
    expect(readListView({ filter: ['tier~any~Gold', 'stage~empty'], page: '3' })).toEqual({
      filters: [gold, { column: 'stage', operator: 'empty', values: [] }],
    })
  })

  test('tells an empty value from none', () => {
    expect(readListView({ filter: 'contacts~between~~5' }).filters[0]?.values).toEqual(['', '5'])
    expect(readListView({ filter: 'contacts~between' }).filters[0]?.values).toEqual([])
  })
})

describe('a custom field’s column', () => {
  test('names its company and its field, whatever their ids are', () => {
    fc.assert(
      fc.property(id, id, (companyUuid, fieldUuid) => {
        const key = fieldColumn(companyUuid, fieldUuid)
        expect(readFieldColumn(key)).toEqual({ companyUuid, fieldUuid })
      }),
    )
  })

  test('is the same however its address was encoded', () => {
    const key = fieldColumn('a-b', 'f')
    expect(readListView({ sort: '-field~a%2Db~%66' }).sort).toEqual({
      column: key,
      descending: true,
    })
  })

  test('is not a built-in one', () => {
    expect(readFieldColumn('name')).toBeNull()
  })
})

test.each([
  ['a filter without an operator', { filter: 'stage' }],
  ['an unknown operator', { filter: 'stage~like~a' }],
  ['an operator that is a property of every object', { filter: 'stage~constructor~a' }],
  ['a column that can’t be one', { filter: '__proto__~any~a' }],
  ['a filter on nothing', { filter: '~any~a' }],
  ['a custom field without its company', { filter: 'field~a' }],
  ['a custom field with an empty id', { sort: 'field~a~' }],
  ['a custom field of three ids', { sort: 'field~a~b~c' }],
  ['a custom field of an id that is too long', { columns: `field~a~${'b'.repeat(201)}` }],
  ['a percent sign that encodes nothing', { filter: 'stage~any~100%' }],
  ['bytes that are not text', { filter: 'stage~any~%FF' }],
  ['a NUL', { filter: 'stage~any~%00' }],
  ['a search with a NUL', { q: 'a\u0000' }],
  ['two searches', { q: ['a', 'b'] }],
  ['a search of 201 characters', { q: 'a'.repeat(201) }],
  ['two orders', { sort: ['name', '-name'] }],
  ['an order by nothing', { sort: '-' }],
  ['an order turned round twice', { sort: '--name' }],
  ['a column twice', { columns: 'name,stage,name:200' }],
  ['an empty column', { columns: 'name,,stage' }],
  ['a width that is none', { columns: 'name:wide' }],
  ['a width too small', { columns: 'name:10' }],
  ['a width too large', { columns: 'name:2001' }],
  ['two widths', { columns: 'name:100:200' }],
  ['another density', { density: 'airy' }],
  ['too many filters', { filter: Array.from({ length: 51 }, () => 'stage~empty') }],
  ['too many values', { filter: `stage~any${'~a'.repeat(201)}` }],
  ['a value that is too long', { filter: `stage~any~${'a'.repeat(1_001)}` }],
])('an address with %s is refused', (_, params: Record<string, string | string[]>) => {
  expect(() => readListView(params)).toThrow(InvalidAddressError)
})
