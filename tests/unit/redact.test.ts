import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactBody, redactClaims } from '@/lib/receiver/redact'
import { REDACTED } from '@/lib/redacted'

function redact(text: string): string {
  return redactBody(text, JSON.parse(text) as Record<string, unknown>)
}

test.each([
  ['{"api_key":"s","a":1}', '{"api_key":"[redacted]","a":1}'],
  ['{ "a" : 1.00 ,\n "api_key" : "s" }', '{ "a" : 1.00 ,\n "api_key" : "[redacted]" }'],
  ['{"external_settings":{"a":[1,{"b":"}"}]},"z":0}', '{"external_settings":"[redacted]","z":0}'],
  [String.raw`{"api\u005fkey":"s"}`, String.raw`{"api\u005fkey":"[redacted]"}`],
  [String.raw`{"\u0061pi_key":"\"s\\"}`, String.raw`{"\u0061pi_key":"[redacted]"}`],
  ['{"api_key":"one","api_key":"two"}', '{"api_key":"[redacted]","api_key":"[redacted]"}'],
  ['{"api_key":12e3}', '{"api_key":"[redacted]"}'],
  ['{"api_key":null ,"b":2}', '{"api_key":"[redacted]" ,"b":2}'],
  ['{"api_key":[]}', '{"api_key":"[redacted]"}'],
  ['\t{"api_key":true}\r\n', '\t{"api_key":"[redacted]"}\r\n'],
])('%s becomes %s', (text, expected) => {
  expect(redact(text)).toBe(expected)
})

test.each([
  '{}',
  '{"a":{"api_key":"deeper down it is data"}}',
  '{"a":"api_key","b":["external_settings"]}',
  '{"API_KEY":"x","api_keys":"x"}',
  String.raw`{"a":"\",\"api_key\":\"x"}`,
])('%s stays as it is', (text) => {
  expect(redact(text)).toBe(text)
})

test('a secret next to a value nested 10,000 levels deep is found', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000)
  expect(redact(`{"x":${deep},"api_key":${deep}}`)).toBe(`{"x":${deep},"api_key":"[redacted]"}`)
})

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/)
const secretKey = fc.constantFrom('api_key', 'external_settings')
// The same key, some of its characters written as \u escapes.
const spelled = (key: string) =>
  fc.array(fc.boolean(), { minLength: key.length, maxLength: key.length }).map((escaped) => {
    const characters = [...key].map((character, index) =>
      escaped[index]
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
        : JSON.stringify(character).slice(1, -1),
    )
    return `"${characters.join('')}"`
  })

const secretMember = fc.record({
  key: secretKey.chain(spelled),
  value: fc.jsonValue().map((value) => JSON.stringify(value)),
  secret: fc.constant(true),
})
const otherMember = fc.record({
  key: fc
    .string()
    .filter((key) => !['api_key', 'external_settings'].includes(key))
    .chain(spelled),
  value: fc.jsonValue().map((value) => JSON.stringify(value, null, 1)),
  secret: fc.constant(false),
})
const member = fc.tuple(fc.oneof(secretMember, otherMember), space, space, space, space)

test('of any object exactly the values of the secret keys are replaced', () => {
  fc.assert(
    fc.property(fc.array(member), space, (members, around) => {
      const write = (valueOf: (item: { value: string; secret: boolean }) => string) =>
        `${around}{${members
          .map(([item, a, b, c, d]) => `${a}${item.key}${b}:${c}${valueOf(item)}${d}`)
          .join(',')}}${around}`
      const redacted = redact(write((item) => item.value))
      expect(redacted).toBe(write((item) => (item.secret ? `"${REDACTED}"` : item.value)))
      expect(() => JSON.parse(redacted) as unknown).not.toThrow()
    }),
    { numRuns: 500 },
  )
})

test('claims lose their secrets and keep the rest, storable', () => {
  const claims = { api_key: 'k', external_settings: { token: 't' }, iat: 7, note: 'a\u0000b' }
  expect(redactClaims(claims)).toEqual({
    api_key: REDACTED,
    external_settings: REDACTED,
    iat: 7,
    note: 'a\uFFFDb',
  })
  expect(claims.api_key).toBe('k')
})
