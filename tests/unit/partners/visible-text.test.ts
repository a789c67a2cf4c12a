import { describe, expect, test } from 'vitest'
import { contactName } from '@/components/contacts/contact-name'
import { boundedCount } from '@/components/partnerships/bounded-count'
import { titleText, visibleText } from '@/components/partnerships/visible-text'

describe('visible text', () => {
  test.each([
    null,
    undefined,
    '',
    ' \n\t',
    '\u00a0\u3000',
    '\u200b\u2060',
    '\u202e\u2066',
    '\u2800',
  ])('is none in %o', (text) => {
    expect(visibleText(text)).toBeNull()
  })

  test.each(['a', '0', '.', '東', '\u{1f389}', '\ufffd', ' \u200bx '])('is some in %o', (text) => {
    expect(visibleText(text)).toBe(text.trim())
  })
})

describe('the title of a page', () => {
  test('is one line of at most 80 characters, none of them cut in half', () => {
    expect(titleText('One\n  two', 'Unnamed')).toBe('One two')
    const title = titleText('\u{1f389}'.repeat(100), 'Unnamed')
    expect(Array.from(title)).toHaveLength(80)
    expect(title.isWellFormed()).toBe(true)
  })

  test('has no controls that turn text round', () => {
    expect(titleText('\u202eevil\u2069', 'Unnamed')).toBe('evil')
    expect(titleText('\u202e\u2069', 'Unnamed')).toBe('Unnamed')
  })
})

describe("a contact's name", () => {
  test('is the first and the last name, else the e-mail address', () => {
    const email = 'ana@acme.example'
    expect(contactName({ firstName: ' Ana ', lastName: 'López', email })).toBe('Ana López')
    expect(contactName({ firstName: null, lastName: 'López', email })).toBe('López')
    expect(contactName({ firstName: ' ', lastName: null, email })).toBe(email)
    expect(contactName({ firstName: null, lastName: '\u200b', email: null })).toBeNull()
  })
})

test('a count that was not finished says so', () => {
  expect(boundedCount({ count: 1, exact: true }, 'room', 'rooms')).toBe('1 room')
  expect(boundedCount({ count: 0, exact: true }, 'room', 'rooms')).toBe('0 rooms')
  expect(boundedCount({ count: 10_000, exact: false }, 'room', 'rooms')).toBe('10,000+ rooms')
})
