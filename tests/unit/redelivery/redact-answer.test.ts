import { describe, expect, test } from 'vitest'
import { redactAnswer, unspeakable } from '@/lib/redelivery/redact-answer'
import { redeliveryToken } from '@/lib/redelivery/redelivery-token'

const SECRET = 'prüf/"stein" 1'
const TOKEN = await redeliveryToken({ company_uuid: 'company_a' }, SECRET)
const SIGNATURE = TOKEN.slice(TOKEN.lastIndexOf('.') + 1)
const SECRETS = unspeakable(TOKEN, SECRET)

const redacted = (text: string, kept = 10_000) =>
  redactAnswer(Buffer.from(text), SECRETS, kept).toString()

describe('of an answer is not kept', () => {
  test.each([
    ['the token', `a Bearer ${TOKEN} b`, 'a Bearer [redacted] b'],
    ['it several times', `${TOKEN} ${TOKEN}.`, '[redacted] [redacted].'],
    ['its signature by itself', `<b>${SIGNATURE}</b>`, '<b>[redacted]</b>'],
    ['a token that was cut off', `“${TOKEN.slice(0, -20)}…”`, '“[redacted]…”'],
    ['the secret', `${SECRET}!`, '[redacted]!'],
    ['the secret in JSON', JSON.stringify([SECRET]), '["[redacted]"]'],
    ['the secret in an address', `?key=${encodeURIComponent(SECRET)}&a`, '?key=[redacted]&a'],
    [
      'the secret in a form',
      `key=${new URLSearchParams({ a: SECRET }).toString().slice(2)}&`,
      'key=[redacted]&',
    ],
    ['the secret in base64', btoa(String.fromCharCode(...Buffer.from(SECRET))), '[redacted]'],
    [
      'the header in base64',
      `“${Buffer.from(`Bearer ${TOKEN}`).toString('base64')}”`,
      '“[redacted]”',
    ],
    ['the beginning of a signature at the end', `a ${SIGNATURE.slice(0, 30)}`, 'a [redacted]'],
    ['the beginning of the secret at the end', 'wrong: prüf/"st', 'wrong: [redacted]'],
  ])('%s', (_name, answer, kept) => {
    expect(redacted(answer)).toBe(kept)
  })
})

test('everything else is kept, byte for byte', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  expect(redactAnswer(bytes, SECRETS, 1_000)).toEqual(bytes)
  expect(redacted('pr')).toBe('pr')
})

test('wherever an answer is cut, no part of a token or a secret is left at its end', () => {
  for (const secret of [TOKEN, SECRET]) {
    const before = 'x'.repeat(100)
    const answer = before + secret
    for (let kept = 101; kept < Buffer.byteLength(answer); kept++) {
      const read = Buffer.from(answer + 'y'.repeat(1_000)).subarray(0, kept + SECRETS.longest)
      expect(redactAnswer(read, SECRETS, kept).toString()).toBe(`${before}[redacted]`)
    }
    expect(redacted(answer, 100)).toBe(before)
  }
})

test('wherever an answer ends, no more of the signature than chance would bring is left', () => {
  for (let length = 0; length <= TOKEN.length; length++) {
    const [, left = ''] = /(?:\.)([\w-]*)$/.exec(redacted(TOKEN.slice(0, length))) ?? []
    expect(SIGNATURE.startsWith(left) && left.length > 3).toBe(false)
  }
})
