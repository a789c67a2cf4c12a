import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkify } from '@/components/rooms/linkify'

function links(text: string) {
  return linkify(text).flatMap((run) => (run.href === undefined ? [] : [run.text]))
}

test('an address in a sentence becomes a link and the words around it stay text', () => {
  expect(linkify('See https://a.example/plan today')).toEqual([
    { text: 'See ' },
    { text: 'https://a.example/plan', href: 'https://a.example/plan' },
    { text: ' today' },
  ])
})

test.each([
  ['https://a.example.', 'https://a.example'],
  ['Really, https://a.example/b?!', 'https://a.example/b'],
  ['(see https://a.example/b)', 'https://a.example/b'],
  ['((https://a.example/b)).', 'https://a.example/b'],
  ['https://a.example/wiki/Bee_(insect)', 'https://a.example/wiki/Bee_(insect)'],
  ['(https://a.example/wiki/Bee_(insect))', 'https://a.example/wiki/Bee_(insect)'],
  ['[https://a.example/x]', 'https://a.example/x'],
  ['“https://a.example/x”', 'https://a.example/x'],
  ['https://a.example/?q=a,b&c=d;', 'https://a.example/?q=a,b&c=d'],
  ['<https://a.example/x>', 'https://a.example/x'],
  ['HTTPS://A.example/X', 'HTTPS://A.example/X'],
  ['http://localhost:3000/a#b', 'http://localhost:3000/a#b'],
])('punctuation around an address is not part of it: %s', (text, address) => {
  expect(links(text)).toEqual([address])
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt://https%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://a.example/x',
  '//a.example/x',
  'www.a.example',
  'https://',
  'https://)',
  'https://:80/',
  'https://javascript:alert(1)',
  'xhttps://a.example',
  'https://journeybee.io@evil.example/',
  'https://user:secret@evil.example/',
  'https://a.example:99999/',
  `https://a.example/${'a'.repeat(2_048)}`,
])('what is not a plain web address stays text: %s', (text) => {
  expect(linkify(text)).toEqual([{ text }])
})

test('a link never holds a character that turns the writing direction', () => {
  expect(links('https://evil.example/\u202Egro.elpmaxe')).toEqual(['https://evil.example/'])
  expect(links('https://a.example/\u200Bb')).toEqual(['https://a.example/'])
})

test('markup in a text is text', () => {
  const runs = linkify('<a href="https://a.example/x" onclick="alert(1)">x</a>')
  expect(runs.map((run) => run.text).join('')).toBe(
    '<a href="https://a.example/x" onclick="alert(1)">x</a>',
  )
  expect(runs.filter((run) => run.href).map((run) => run.href)).toEqual(['https://a.example/x'])
})

const pieces = fc.constantFrom(
  'https://',
  'http://a.example/',
  'javascript:',
  '@',
  '(',
  ')',
  ']',
  '.',
  '\u202E',
  ' ',
  '\n',
  'é',
  '𝒳',
)

test('joined together the runs are the text, and every link is http or https without a user', () => {
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      const runs = linkify(text)
      expect(runs.map((run) => run.text).join('')).toBe(text)
      for (const run of runs) {
        expect(run.text).not.toBe('')
        if (run.href === undefined) continue
        const url = new URL(run.href)
        expect(['http:', 'https:']).toContain(url.protocol)
        expect(url.username + url.password).toBe('')
      }
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['openers', 'https://a.example/' + '('.repeat(1_000_000)],
  ['closers', 'https://a.example/' + ')'.repeat(1_000_000)],
  ['beginnings', 'https://'.repeat(125_000)],
  ['short addresses', 'https://a.example/ '.repeat(50_000)],
])('a megabyte of %s takes no time that grows with its square', (_, text) => {
  const started = performance.now()
  const runs = linkify(text)
  // Measured 10 to 120 ms; quadratic work on a megabyte takes minutes.
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(runs.map((run) => run.text).join('')).toBe(text)
})
