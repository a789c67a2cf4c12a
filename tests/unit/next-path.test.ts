import { expect, test } from 'vitest'
import { nextPath } from '@/lib/auth/next-path'

test.each([
  '/',
  '/partnerships',
  '/rooms/r%2F1?company=c&q=ä#message-1',
  '/events?next=//evil.test',
])('%s is kept', (path) => {
  expect(new URL(nextPath(path), 'http://waggle.test').href).toBe(
    new URL(path, 'http://waggle.test').href,
  )
})

test.each([
  '//evil.test',
  '/\\evil.test',
  '/\t/evil.test',
  '\t//evil.test',
  '/.//evil.test',
  '/..//evil.test',
  '/%2e//evil.test',
  'http://evil.test/',
  'https:evil.test',
  'javascript:alert(1)',
  'partnerships',
  '',
  '/login',
  '/login?next=/login',
  `/${'x'.repeat(3_000)}`,
  undefined,
  ['/partnerships', '//evil.test'],
])('%j becomes the start page', (value) => {
  expect(nextPath(value)).toBe('/')
})
