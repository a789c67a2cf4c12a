import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { parseMessageQuery } from '@/lib/queries/message-query'

const terms = (text: string) => parseMessageQuery(text).terms

describe('words', () => {
  test('of three letters or more are beginnings, shorter ones whole words', () => {
    expect(terms('Invoice to')).toEqual([
      { words: ['invoice'], prefix: true, excluded: false },
      { words: ['to'], prefix: false, excluded: false },
    ])
  })

  test('are folded like the text that they are looked for in', () => {
    expect(terms('ZOË')).toEqual([{ words: ['zoe'], prefix: true, excluded: false }])
  })

  test('that signs hold together follow one another', () => {
    expect(terms('acme.com/pricing')).toEqual([
      { words: ['acme', 'com', 'pricing'], prefix: true, excluded: false },
    ])
  })

  test('of other alphabets are beginnings at any length', () => {
    expect(terms('合同')).toEqual([{ words: ['合', '同'], prefix: true, excluded: false }])
  })

  test('in quotation marks are a phrase of whole words', () => {
    expect(terms('"Signed contract" now')).toEqual([
      { words: ['signed', 'contract'], prefix: false, excluded: false },
      { words: ['now'], prefix: true, excluded: false },
    ])
  })

  test('after a minus are left out', () => {
    expect(terms('contract -draft -"not signed"')).toEqual([
      { words: ['contract'], prefix: true, excluded: false },
      { words: ['draft'], prefix: true, excluded: true },
      { words: ['not', 'signed'], prefix: false, excluded: true },
    ])
  })

  test('with a colon that are no filter stay words', () => {
    expect(terms('https://acme.example')[0]?.words).toEqual(['https', 'acme', 'example'])
    expect(terms('note:later')[0]?.words).toEqual(['note', 'later'])
  })
})

test('filters are read, with quotation marks too', () => {
  const query = parseMessageQuery(
    'from:"Ada Lovelace" from:bob@x.example in:acme has:file after:2026-01-31 before:2026-03-01',
  )
  expect(query).toEqual({
    terms: [],
    from: ['Ada Lovelace', 'bob@x.example'],
    in: ['acme'],
    hasFile: true,
    after: new Date('2026-01-31T00:00:00Z'),
    before: new Date('2026-03-01T00:00:00Z'),
  })
})

describe('what can not be understood is refused by name:', () => {
  test.each([
    ['"signed contract', 'A quotation mark is not closed.'],
    ['in:"acme', 'A quotation mark is not closed.'],
    ['before:yesterday', '“before:” needs a day, such as before:2026-03-31.'],
    ['after:2026-02-30', '“after:” needs a day, such as after:2026-03-31.'],
    ['after:2026-1-1', '“after:” needs a day'],
    ['before:2026-01-01 before:2026-02-01', '“before:” is given more than once.'],
    ['has:cheese', '“has:” can be has:file; “cheese” is not known.'],
    ['contract from:', '“from:” needs to be followed by something, as in from:….'],
    ['from:""', '“from:” needs to be followed by something, as in from:….'],
    ['-from:ada', '“-from:” is not understood: only words can be left out.'],
    ['-draft', 'A search for what must not be there needs a word that must.'],
    ['!!! ??', 'it needs a letter or a digit'],
    ['   ', 'it needs a letter or a digit'],
    ['-', 'it needs a letter or a digit'],
    ['x'.repeat(201), 'at most 200 characters'],
    ['ab '.repeat(21), 'at most 20 words'],
  ])('%s', (text, reason) => {
    expect(() => parseMessageQuery(text)).toThrow(InvalidAddressError)
    expect(() => parseMessageQuery(text)).toThrow(reason)
  })
})

test('any text is read or refused, nothing else', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('from:', 'in:', 'has:file', 'before:2026-01-01', '"', '-', ' ', ':', "'", '\\'),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      try {
        const { terms } = parseMessageQuery(parts.join(''))
        for (const { words } of terms) {
          expect(words.length).toBeGreaterThan(0)
          for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]{1,100}$/u)
        }
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidAddressError)
      }
    }),
  )
})
