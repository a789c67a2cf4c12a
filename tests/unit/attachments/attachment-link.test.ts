import { expect, test } from 'vitest'
import { attachmentLink } from '@/components/attachments/attachment-link'
import { fileKind } from '@/lib/list-view/file-kind'
import { visibleName } from '@/components/attachments/visible-name'

test('a web address is opened, and its host is named', () => {
  expect(attachmentLink('https://cdn.journeybee.io/files/a b.pdf', false)).toEqual({
    state: 'open',
    href: 'https://cdn.journeybee.io/files/a%20b.pdf',
    host: 'cdn.journeybee.io',
  })
})

test.each([null, '', '  '])('no address is a missing one: %j', (url) => {
  expect(attachmentLink(url, false)).toEqual({ state: 'missing' })
})

test.each([
  'javascript:alert(1)',
  ' JAVASCRIPT:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '/relative/path',
  'https://',
  'https://journeybee.io@evil.example/',
])('everything that is not a plain web address is refused: %j', (url) => {
  expect(attachmentLink(url, false)).toEqual({ state: 'refused' })
})

test('an address that was too long to be handed on is refused', () => {
  expect(attachmentLink(null, true)).toEqual({ state: 'refused' })
})

test.each([
  ['application/pdf', 'a.pdf', 'document'],
  ['IMAGE/PNG', null, 'image'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', null, 'spreadsheet'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', null, 'document'],
  [
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    null,
    'presentation',
  ],
  ['application/zip', null, 'archive'],
  ['application/octet-stream', 'deck.KEY', 'presentation'],
  [null, 'notes.csv', 'spreadsheet'],
  [null, 'no extension', 'other'],
  [null, null, 'other'],
])('a file of type %s named %s is shown as %s', (mimeType, fileName, kind) => {
  expect(fileKind(mimeType, fileName)).toBe(kind)
})

test('a file name cannot hide its extension by turning the writing direction', () => {
  expect(visibleName('invoice\u202Efdp.exe')).toBe('invoice\uFFFDfdp.exe')
  expect(visibleName('חשבונית.pdf')).toBe('חשבונית.pdf')
  expect(visibleName(' ')).toBe('Unnamed file')
})
