import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { listContacts } from '@/lib/queries/list-contacts'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import {
  field,
  insertFilterableRows,
  LONG,
  NASTY,
  reader,
  viewOf,
  YEAR,
  type Asked,
} from '../../support/filterable-rows'
import { COMPANY } from '../../support/read-model-rows'

beforeAll(insertFilterableRows)

async function partnerships(...asked: Asked[]): Promise<string> {
  const { page, matches } = await actingAs(reader, () => listPartnerships(viewOf(asked), {}))
  expect(matches).toEqual({ count: page.rows.length, exact: true })
  const own = page.rows.filter((row) => row.companyUuid === COMPANY && !/^n\d/.test(row.uuid))
  return own
    .map((row) => row.uuid)
    .sort()
    .join('')
}

async function contacts(...asked: Asked[]): Promise<string> {
  const { page } = await actingAs(reader, () => listContacts(viewOf(asked), {}))
  return page.rows
    .map((row) => row.uuid)
    .sort()
    .join(' ')
}

describe('a filter finds exactly the partnerships that fit', () => {
  test.each<[string, ...Asked]>([
    ['a', 'tier', 'any', 'Gold'],
    ['ab', 'tier', 'any', 'Gold', 'gold', 'none of these'],
    ['bcd', 'tier', 'none', 'Gold'],
    ['d', 'tier', 'empty'],
    ['abc', 'tier', 'filled'],
    ['c', 'tier', 'any', LONG.slice(0, 200)],
    ['a', 'name', 'contains', 'ACM'],
    ['a', 'name', 'is', 'acme'],
    ['', 'name', 'is', 'acm'],
    ['c', 'phone', 'contains', '30 12'],
    ['abd', 'phone', 'empty'],
    ['b', 'firstSeen', 'between', '2026-01-31', '2026-01-31'],
    ['acd', 'firstSeen', 'between', '2026-02-01', ''],
    ['', 'firstSeen', 'between', '', '2026-01-30'],
    ['a', 'hasContacts', 'is', 'true'],
    ['bcd', 'hasContacts', 'is', 'false'],
    ['a', 'hasMessages', 'is', 'true'],
    ['a', 'contacts', 'between', '2', '2'],
    ['bcd', 'contacts', 'between', '', '1.5'],
    ['a', 'messages', 'between', '2.5', '1e300'],
    ['a', 'lastMessage', 'filled'],
    ['bcd', 'lastMessage', 'empty'],
    ['a', 'partnerType', 'any', 'reseller'],
    ['a', field('text'), 'contains', 'GRÖßE'],
    ['a', field('text'), 'contains', '100% _x_'],
    ['', field('text'), 'contains', '100%x'],
    ['b', field('text'), 'contains', '👩‍👩‍👧'],
    ['b', field('text'), 'contains', '__proto__'],
    ['b', field('text'), 'is', NASTY.join(' ').toUpperCase()],
    ['d', field('text'), 'contains', 'e'.repeat(900)],
    ['abd', field('text'), 'filled'],
    ['c', field('text'), 'empty'],
    ['bc', field('number'), 'between', '0', '10.5'],
    ['a', field('number'), 'between', '', '-1'],
    ['d', field('number'), 'between', '1e299', ''],
    ['ab', field('date'), 'within', 'this-year'],
    ['ab', field('date'), 'between', `${YEAR}-01-01`, `${YEAR}-12-31`],
    ['c', field('date'), 'between', '', `${YEAR - 1}-12-31`],
    ['d', field('date'), 'empty'],
    ['a', field('boolean'), 'is', 'true'],
    ['b', field('boolean'), 'is', 'false'],
    ['cd', field('boolean'), 'empty'],
    ['ac', field('select'), 'any', '1', '__proto__'],
    ['bcd', field('select'), 'none', '1'],
    ['ab', field('multi_select'), 'any', '2'],
    ['a', field('multi_select'), 'all', '2', '1'],
    ['cd', field('multi_select'), 'none', '2'],
    ['c', field('multi_select'), 'any', '~'],
    ['a', field('odd'), 'filled'],
  ])('%s: %s %s', async (expected, ...asked) => {
    expect(await partnerships(asked as Asked)).toBe(expected)
  })

  test('all filters must hold, two on one column as well', async () => {
    const n = field('number')
    expect(await partnerships([n, 'between', '-10', ''], [n, 'between', '', '5'])).toBe('ab')
    expect(await partnerships(['tier', 'any', 'Gold'], ['country', 'any', 'Germany'])).toBe('a')
    expect(await partnerships(['tier', 'any', 'Gold'], ['tier', 'none', 'Gold'])).toBe('')
  })

  test.each(NASTY)('a label that is %s', async (label) => {
    const view = viewOf([['tier', 'any', label]])
    const { page } = await actingAs(reader, () => listPartnerships(view, {}))
    expect(page.rows.map((row) => row.tier)).toEqual([label])
  })
})

describe('a filter finds exactly the contacts that fit', () => {
  test.each<[string, ...Asked]>([
    ['c1 c2', 'tags', 'any', 'VIP'],
    ['c1', 'tags', 'all', 'VIP', '__proto__'],
    ['c3 c4', 'tags', 'none', 'VIP'],
    ['c3 c4', 'tags', 'empty'],
    ['c2', 'position', 'is', 'ceo'],
    ['c1 c2', 'partnership', 'contains', 'ácm'],
    ['c3 c4', 'partnership', 'empty'],
    ['c1 c2', 'partnership', 'filled'],
    ['c3', 'partnershipKey', 'is', COMPANY, 'unknown'],
  ])('%s: %s %s', async (expected, ...asked) => {
    expect(await contacts(asked as Asked)).toBe(expected)
  })
})

test.each<[string, ...Asked]>([
  ['an operator of another type', 'tier', 'contains', 'a'],
  ['a number that is none', field('number'), 'between', '0x10', ''],
  ['a range without an end', 'contacts', 'between', '', ''],
  ['three ends', 'contacts', 'between', '1', '2', '3'],
  ['a day that is none', 'firstSeen', 'between', '2026-02-30', ''],
  ['a span that is none', field('date'), 'within', 'constructor'],
  ['neither true nor false', field('boolean'), 'is', 'yes'],
  ['nothing to choose', 'tier', 'any'],
  ['an empty text', 'name', 'contains', ' '],
  ['a value of what is empty', 'tier', 'empty', 'x'],
  ['a column that is not there', 'nothing', 'empty'],
  ['a field that is not there', field('gone'), 'empty'],
  ['an operator of a field of no known type', field('odd'), 'contains', 'x'],
])('a filter with %s is refused', async (_, ...asked) => {
  const view = viewOf([asked as Asked])
  const refused = actingAs(reader, () => listPartnerships(view, {}))
  await expect(refused).rejects.toThrow(InvalidAddressError)
})
