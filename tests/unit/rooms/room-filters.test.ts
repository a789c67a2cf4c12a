import { expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { readRoomFilters } from '@/lib/queries/room-filters'
import { readParam, readPosition } from '@/lib/queries/read-search-params'

test('an address without parameters has no filters and is the first page', () => {
  expect(readRoomFilters({})).toEqual({})
  expect(readRoomFilters({ q: '', partnership: '', company: '' })).toEqual({})
  expect(readPosition({})).toEqual({})
})

test('a partnership is named by its company and its uuid', () => {
  expect(readRoomFilters({ partnership: 'p', company: 'c', q: ' Acme ' })).toEqual({
    q: 'Acme',
    partnership: { companyUuid: 'c', uuid: 'p' },
  })
  expect(() => readRoomFilters({ partnership: 'p' })).toThrow(InvalidAddressError)
  expect(() => readRoomFilters({ company: 'c' })).toThrow(InvalidAddressError)
})

test.each([
  ['twice', ['a', 'b']],
  ['too long', 'a'.repeat(201)],
  ['NUL', 'a\u0000'],
  ['half a surrogate pair', '\uD800'],
])('a parameter that is %s is refused', (_, value) => {
  expect(() => readParam({ name: value }, 'name')).toThrow(InvalidAddressError)
})

test('a page is either after or before', () => {
  expect(readPosition({ after: 'x' })).toEqual({ after: 'x' })
  expect(readPosition({ before: 'x' })).toEqual({ before: 'x' })
  expect(() => readPosition({ after: 'x', before: 'y' })).toThrow(InvalidAddressError)
})

test('author, type, files and days are read, and a day is its first moment in UTC', () => {
  const params = { author: ' Ada ', type: 'referral', files: 'no', from: '2026-01-01', to: '' }
  expect(readRoomFilters(params)).toEqual({
    author: 'Ada',
    type: 'referral',
    files: 'no',
    from: new Date('2026-01-01T00:00:00Z'),
  })
})

test.each([
  { files: 'maybe' },
  { from: 'yesterday' },
  { from: '2026-02-30' },
  { to: '2026-1-1' },
  { to: '2026-01-01T10:00' },
  { from: '2026-02-02', to: '2026-02-01' },
])('a filter that can be none is refused: %j', (params) => {
  expect(() => readRoomFilters(params)).toThrow(InvalidAddressError)
})
