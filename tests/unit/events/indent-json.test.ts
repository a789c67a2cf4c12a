import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indentJson } from '@/components/events/indent-json'

test('any JSON is laid out as JSON.stringify would', () => {
  // Without -0, which JSON.stringify writes as 0.
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.boolean(), (text, spaced) => {
      const value: unknown = JSON.parse(text)
      const sent = JSON.stringify(value, null, spaced ? '\t' : undefined)
      expect(indentJson(sent)).toBe(
        JSON.stringify(value, null, 2).replace(
          /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
          (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      )
    }),
  )
})

test('what parsing would change stays as it was sent', () => {
  expect(indentJson('{"a":12345678901234567890,"a":1e400,"__proto__":-0,"b":"\\u00e9\\/"}')).toBe(
    '{\n  "a": 12345678901234567890,\n  "a": 1e400,\n  "__proto__": -0,\n  "b": "\\u00e9\\/"\n}',
  )
})

test('brackets, quotes and escapes inside strings are no structure', () => {
  expect(indentJson('["{\\"[,:\\\\"]')).toBe('[\n  "{\\"[,:\\\\"\n]')
})

test('characters that turn the direction of text are shown as escapes', () => {
  expect(indentJson('["abc\u202efdp.exe"]')).toBe('[\n  "abc\\u202efdp.exe"\n]')
})

test('64 levels are laid out, 65 are not, and 10,000 do not exhaust the stack', () => {
  const nested = (depth: number) => '['.repeat(depth) + '1' + ']'.repeat(depth)
  expect(indentJson(nested(64))).toContain(`${'  '.repeat(64)}1`)
  expect(indentJson(nested(65))).toBeNull()
  expect(indentJson(nested(10_000))).toBeNull()
})

test('a text that indentation would blow up is not laid out', () => {
  const wide = '['.repeat(60) + Array(50_000).fill('1').join() + ']'.repeat(60)
  expect(indentJson(wide)).toBeNull()
})
