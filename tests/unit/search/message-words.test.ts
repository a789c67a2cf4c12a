import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageVector, wordsOf } from '@/lib/message-words'
import { messageSnippet } from '@/lib/queries/message-snippet'
import { parseMessageQuery } from '@/lib/queries/message-query'

const words = (text: string) => [...wordsOf(text)].map(({ word }) => word)
const nothing = {
  content: null,
  fileNames: [],
  authorUuid: null,
  roomUuid: null,
  partnershipUuid: null,
}

describe('the words of a text', () => {
  test('are folded, and signs only part them', () => {
    expect(words('“Zoë’s” deal: €5,000 at https://acme.example/a_b!')).toEqual([
      'zoe',
      's',
      'deal',
      '5',
      '000',
      'at',
      'https',
      'acme',
      'example',
      'a',
      'b',
    ])
  })

  test('of other alphabets keep their marks', () => {
    expect(words('हिन्दी Ελλάδα 한국어')).toEqual(['हिन्दी', 'ελλαδα', '한국어'])
  })

  test('of scripts without spaces are characters, so that a word of theirs is a phrase', () => {
    expect(words('本日、契約書2をPDFで')).toEqual([...'本日契約書2を', 'pdf', 'で'])
    expect(words('サーバー')).toHaveLength(4)
    expect(words('สวัสดี')).toEqual(['ส', 'วั', 'ส', 'ดี'])
  })

  test('stand where the text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const { word, start, end } of wordsOf(text)) {
          expect(words(text.slice(start, end))).toEqual([word])
        }
      }),
    )
  })
})

describe('the vector of a message', () => {
  test('has its words by place, file names with more weight, and what it is filtered by', () => {
    const vector = messageVector({
      content: 'Signed contract',
      fileNames: ['Offer_2.pdf', null],
      authorUuid: "o'brien\\",
      roomUuid: 'room_1',
      partnershipUuid: null,
    })
    expect(vector.split(' ')).toEqual([
      "'author:o''brien\\\\'",
      "'room:room_1'",
      "'has:file'",
      "'offer':1A",
      "'2':2A",
      "'pdf':3A",
      "'signed':14",
      "'contract':15",
    ])
  })

  test('stays below the limit of 1 MB for the longest text of different words', () => {
    const unfolding = Array.from({ length: 60_000 }, (_, i) => `\ufdfa${i.toString(36)}`).join(' ')
    expect(Buffer.byteLength(messageVector({ ...nothing, content: unfolding }))).toBeLessThan(
      600_000,
    )
  })
})

describe('the snippet of a message', () => {
  const snippet = (text: string, q: string) => messageSnippet(text, parseMessageQuery(q).terms)
  const plain = (text: string, q: string) =>
    snippet(text, q)
      .map((part) => part.text)
      .join('')
  const hits = (text: string, q: string) =>
    snippet(text, q).flatMap((part) => (part.hit ? [part.text] : []))

  test('marks words, beginnings and phrases as they stand in the text', () => {
    const text = 'The Invoices: a signed   contract, no contract signed. Zoë!'
    expect(hits(text, 'invoice "signed contract" zoe')).toEqual([
      'Invoices',
      'signed contract',
      'Zoë',
    ])
    expect(plain(text, 'invoice')).toBe(text.replace('   ', ' '))
  })

  test('does not mark what was to be left out', () => {
    expect(hits('final draft', 'final -draft')).toEqual(['final'])
  })

  test('shows the part of a long text in which most was found', () => {
    const text = `contract ${'lorem ipsum '.repeat(100)}the signed contract is here ${'dolor '.repeat(100)}`
    const shown = plain(text, 'signed contract')
    expect(shown).toContain('the signed contract is here')
    expect(shown).toMatch(/^….*…$/)
    expect(shown.length).toBeLessThan(300)
  })

  test('is the beginning of a text in which nothing is to be marked', () => {
    expect(plain('a'.repeat(500), 'has:file')).toBe(`${'a'.repeat(240)}…`)
  })

  test('never adds, loses or breaks a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 700 }),
        fc.constantFrom('a', 'abc', '"a b"', 'é', '1 2'),
        (text, q) => {
          const shown = plain(text, q)
          expect(shown.isWellFormed()).toBe(text.isWellFormed())
          const body = shown.replace(/^…/, '').replace(/…$/, '')
          expect(text.replace(/\s+/gu, ' ')).toContain(body.trim())
        },
      ),
    )
  })
})
