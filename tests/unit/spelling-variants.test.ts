import { describe, expect, test } from 'vitest'
import { spellingVariants } from '@/lib/queries/lists/spelling-variants'

/** Whether a word is one of the variants, as LIKE would find it in a text. */
function reaches(typed: string, meant: string): boolean {
  return spellingVariants(typed).some((variant) => {
    const pattern = variant.map((letter) => letter?.replace(/[.*+?^${}()|[\]\\]/, '\\$&') ?? '.')
    return new RegExp(pattern.join(''), 'u').test(meant)
  })
}

/** Every way to make one typing error in a word. */
function errorsIn(word: string, others: string): string[] {
  const letters = Array.from(word)
  return letters.flatMap((letter, at) => {
    const before = letters.slice(0, at).join('')
    const after = letters.slice(at + 1).join('')
    const next = letters[at + 1]
    return [
      before + after,
      ...(next === undefined ? [] : [before + next + letter + letters.slice(at + 2).join('')]),
      ...Array.from(others, (other) => before + other + after),
      ...Array.from(others, (other) => before + other + letter + after),
    ]
  })
}

describe('one typing error', () => {
  test.each([
    ['nordwind', 'aexz '],
    ['tanaka', 'knt'],
    ['bjorn', 'aj'],
    ['нордвинд', 'аян'],
    ['αθηναικη', 'αω'],
    ['51615', '019'],
    ['a1b2c3', 'a9'],
  ])('anywhere in %s is within reach', (word, others) => {
    for (const typed of errorsIn(word, others)) {
      if (typed === word || typed.length < 5 || typed.includes(' ')) continue
      expect(typed.includes(word) || reaches(typed, word), typed).toBe(true)
    }
  })

  test('in a word of four letters is, when none is too many', () => {
    for (const typed of ['nrod', 'nodr', 'onrd', 'nard', 'ncrd', 'noad', 'bord', 'norb']) {
      expect(reaches(typed, 'nord'), typed).toBe(true)
    }
    expect(reaches('bjrn', 'bjorn')).toBe(true)
    expect(reaches('nord', 'ord')).toBe(false)
  })
})

test('every variant has three letters or digits in a row, by which an index finds it', () => {
  for (const word of [
    'bjrn',
    'nord',
    'robtics',
    'mia@numbat.example',
    '日本語会社',
    '100%',
    'ab_cd',
  ]) {
    for (const variant of spellingVariants(word)) {
      const text = variant.map((letter) => letter ?? ' ').join('')
      expect(text, word).toMatch(/[\p{L}\p{N}]{3}/u)
    }
  }
})

test('short and endless words have none, and no word is its own', () => {
  expect(spellingVariants('abc')).toEqual([])
  expect(spellingVariants('c+++')).toEqual([])
  expect(spellingVariants('a'.repeat(61))).toEqual([])
  expect(spellingVariants('aaaa').map((variant) => variant.join(''))).not.toContain('aaaa')
})
