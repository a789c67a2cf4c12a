import { describe, expect, test } from 'vitest'
import { foldForSearch, searchText, sortKey } from '@/lib/search-text'

describe('the sort key', () => {
  test('is the first candidate that is not blank, trimmed and lower-cased', () => {
    expect(sortKey(null, '  ', ' Acme Ltd ', 'other')).toBe('acme ltd')
  })

  test('has at most 200 characters and cuts none of them in two', () => {
    expect(sortKey('É'.repeat(1_000_000))).toBe('é'.repeat(200))
    const honey = sortKey(`a${'🍯'.repeat(300)}`)
    expect(honey).toBe(`a${'🍯'.repeat(199)}`)
    expect(honey.isWellFormed()).toBe(true)
  })

  test('is empty where no candidate is left', () => {
    expect(sortKey(null)).toBe('')
  })
})

describe('the search text', () => {
  test('joins its parts in lower case and without accents', () => {
    expect(searchText(['Zoë', null, '', 'Ångström İstanbul'])).toBe('zoe\nangstrom istanbul')
  })

  test('keeps letters of other scripts whole', () => {
    expect(foldForSearch('שלום हिन्दी 한국')).toBe('שלום हिन्दी 한국')
  })

  test('is cut at 100 KB without cutting a character in two', () => {
    const text = searchText(['a' + '字'.repeat(100_000)])
    const bytes = Buffer.byteLength(text)
    expect(bytes).toBeLessThanOrEqual(100 * 1024)
    expect(bytes).toBeGreaterThan(100 * 1024 - 3)
    expect(text).not.toContain('\uFFFD')
  })

  test('stays below 100 KB where folding makes a text longer', () => {
    // U+FDFA becomes eighteen letters.
    expect(Buffer.byteLength(searchText(['\uFDFA'.repeat(50_000)]))).toBeLessThanOrEqual(100 * 1024)
  })
})
