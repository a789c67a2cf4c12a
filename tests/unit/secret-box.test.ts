import { expect, test } from 'vitest'
import {
  keyFingerprint,
  newEncryptionKey,
  openSecret,
  sealSecret,
  SecretUnreadableError,
} from '@/lib/secret-box'

const KEY = newEncryptionKey()
const SECRET = 'integration_Ünïcode-🔑'

test('a secret comes out as it went in, and its box tells nothing of it', () => {
  const box = sealSecret(SECRET, KEY, 'destination 1')
  expect(openSecret(box, KEY, 'destination 1')).toBe(SECRET)
  expect(box.includes(Buffer.from(SECRET))).toBe(false)
})

test('the same secret is never sealed to the same bytes', () => {
  const boxes = Array.from({ length: 100 }, () => sealSecret(SECRET, KEY, 'a').toString('hex'))
  expect(new Set(boxes).size).toBe(100)
  // The nonce alone: one that came twice under a key would give the secrets away.
  expect(new Set(boxes.map((box) => box.slice(2, 26))).size).toBe(100)
})

test('a box opens with its own key and for its own owner only', () => {
  const box = sealSecret(SECRET, KEY, 'a')
  expect(() => openSecret(box, newEncryptionKey(), 'a')).toThrow(SecretUnreadableError)
  expect(() => openSecret(box, KEY, 'b')).toThrow(SecretUnreadableError)
})

test('a box in which any one bit was changed, or that was cut short, does not open', () => {
  const box = sealSecret(SECRET, KEY, 'a')
  for (let bit = 0; bit < box.length * 8; bit++) {
    const changed = Buffer.from(box)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    expect(() => openSecret(changed, KEY, 'a'), `bit ${bit}`).toThrow(SecretUnreadableError)
  }
  for (let length = 0; length < box.length; length++) {
    expect(() => openSecret(box.subarray(0, length), KEY, 'a'), `${length} bytes`).toThrow(
      SecretUnreadableError,
    )
  }
})

test('why it does not open is one sentence that names the setting and repeats no secret', () => {
  const attempt = () => openSecret(sealSecret(SECRET, KEY, 'a'), newEncryptionKey(), 'a')
  expect(attempt).toThrow(/ENCRYPTION_KEY/)
  expect(attempt).not.toThrow(SECRET)
})

test('a key has a fingerprint of its own, which is no part of it', () => {
  expect(keyFingerprint(KEY)).toMatch(/^[0-9a-f]{16}$/)
  expect(keyFingerprint(KEY)).not.toBe(keyFingerprint(newEncryptionKey()))
})
