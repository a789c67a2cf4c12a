import { expect, test } from 'vitest'
import { shownRows, shownRowsText } from '@/components/replays/shown-rows'

const TABLES = [
  { table: 'room', all: 2 },
  { table: 'message', all: 4_999 },
  { table: 'author', all: 7 },
]
const say = (kept: number, table?: string) => shownRowsText(shownRows(TABLES, kept, table))

test('a report that keeps all rows says how many there are', () => {
  expect(say(5_008)).toBe('5,008 in all')
  expect(say(5_008, 'author')).toBe('7 in all')
})

test('a report that keeps the first rows says of how many, in all and of each table', () => {
  expect(say(5_000)).toBe('The first 5,000 of 5,008 are shown with their fields; all are counted')
  expect(say(5_000, 'room')).toBe('2 in all')
  expect(say(5_000, 'message')).toBe(
    'The first 4,998 of 4,999 are shown with their fields; all are counted',
  )
  expect(say(5_000, 'author')).toContain('None of 7 is shown with its fields')
})
