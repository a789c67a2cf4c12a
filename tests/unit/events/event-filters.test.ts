import { describe, expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { parseEventFilters } from '@/lib/queries/event-filters'

describe('the filters of the list of events', () => {
  test('are read from the address; empty ones are none', () => {
    expect(
      parseEventFilters({ type: 'deal_created', status: 'failed', q: ' partnership_a ' }),
    ).toEqual({ type: 'deal_created', status: 'failed', q: 'partnership_a' })
    expect(parseEventFilters({ type: '', status: '', q: '  ', after: 'x' })).toEqual({})
  })

  test.each([
    [{ status: 'lost' }, /no status "lost".*pending, applied/],
    [{ status: ['failed', 'applied'] }, /gives “status” more than once/],
    [{ type: 'x'.repeat(201) }, /“type” is longer than 200/],
    [{ q: 'a\u0000b' }, /“q” holds a character that is not text/],
  ])('refuses %o', (params, message) => {
    expect(() => parseEventFilters(params)).toThrow(InvalidAddressError)
    expect(() => parseEventFilters(params)).toThrow(message)
  })
})
