import { expect, test } from 'vitest'
import { tagColors } from '@/components/contacts/tag-colors'

test('takes #rgb and #rrggbb, in any case', () => {
  expect(tagColors('#FFF', '#000')).toEqual({ backgroundColor: '#ffffff', color: '#000000' })
  expect(tagColors(' #123456 ', '#FFFFFF')).toEqual({
    backgroundColor: '#123456',
    color: '#ffffff',
  })
})

test.each([
  null,
  '',
  'red',
  '#12',
  '#1234',
  '#12345678',
  '#ggg',
  '#fff;background:url(https://evil.example)',
  'url(https://evil.example)',
  'var(--x)',
])('takes no other background: %s', (background) => {
  expect(tagColors(background, '#000')).toBeNull()
})

test.each([
  ['the same colour', '#ffe08a', '#ffe08a', '#000000'],
  ['grey on grey', '#777777', '#888888', '#000000'],
  ['no colour at all', '#123456', null, '#ffffff'],
  ['what is no colour', '#ffffff', 'expression(1)', '#000000'],
])('puts black or white in place of %s', (_, background, text, readable) => {
  expect(tagColors(background, text)?.color).toBe(readable)
})
