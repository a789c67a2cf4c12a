import { expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { findLostName, refuseUnknown, searchParamsOf } from '@/lib/search-params'

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']

test.each(NAMES)('%s in an address is found before it is lost', (name) => {
  expect(findLostName(`/events?type=a&${name}=x&type=b`)).toBe(name)
  expect(findLostName(`/events?${encodeURIComponent(name).replace('_', '%5F')}`)).toBe(name)
})

test.each(['/events', '/events?', '/events/constructor?q=__proto__', '/a?filter=toString%3Ais'])(
  'in %s nothing would be lost',
  (address) => expect(findLostName(address)).toBeUndefined(),
)

test.each(NAMES)('a list refuses %s like everything that it does not know', (name) => {
  const params = searchParamsOf(new Request(`http://waggle.test/?q=a&${name}=x`))
  expect(() => refuseUnknown(params, ['q'])).toThrow(InvalidAddressError)
  expect(() => refuseUnknown(params, ['q'])).toThrow(`“${name}”`)
})

test('a list refuses what it does not know, with what may help', () => {
  expect(() => refuseUnknown({ q: 'a' }, ['q'])).not.toThrow()
  expect(() => refuseUnknown({ q: 'a', tier: 'Gold' }, ['q'], ' Filters are …')).toThrow(
    'This address says “tier”, which no list knows. Filters are …',
  )
})
