import { expect, test } from 'vitest'
import { authorName } from '@/components/rooms/author-name'
import { messageExcerpt } from '@/components/rooms/message-excerpt'

test('an excerpt is one line', () => {
  expect(messageExcerpt('  Hello\n\n\tthere \u2028 you ')).toBe('Hello there you')
})

test('an excerpt ends with an ellipsis where the text goes on, and cuts no emoji', () => {
  expect(messageExcerpt('🐝🐝🐝', 2)).toBe('🐝🐝…')
  expect(messageExcerpt('🐝🐝🐝', 3)).toBe('🐝🐝🐝')
  expect(messageExcerpt('one two', 4)).toBe('one…')
})

test('no text makes an empty excerpt', () => {
  expect(messageExcerpt(null)).toBe('')
  expect(messageExcerpt(' \n ')).toBe('')
})

test.each([
  [{ firstName: 'Ada', lastName: 'Lovelace', email: 'ada@a.example' }, 'Ada Lovelace'],
  [{ firstName: ' ', lastName: 'Lovelace', email: null }, 'Lovelace'],
  [{ firstName: '', lastName: null, email: 'ada@a.example' }, 'ada@a.example'],
  [{ firstName: null, lastName: null, email: ' ' }, 'Unknown author'],
  [null, 'Unknown author'],
])('an author is called by what is known of them: %j', (author, name) => {
  expect(authorName(author)).toBe(name)
})
