import { expect, test } from 'vitest'
import {
  decodeRoomChanges,
  encodeRoomChanges,
  MAX_CHANGED_ROOMS,
  mergeRoomChanges,
  type ChangedRoom,
} from '@/lib/room-changes'

const rooms = (count: number, size = 1): ChangedRoom[] =>
  Array.from({ length: count }, (_, index) => ['company', `${index}${'ö'.repeat(size)}`])

test('rooms come out as they went in', () => {
  expect(decodeRoomChanges(encodeRoomChanges(rooms(3)))).toEqual(rooms(3))
})

test('too many rooms, and rooms with ids too long for a notification, are told as any', () => {
  expect(encodeRoomChanges(rooms(MAX_CHANGED_ROOMS + 1))).toBe('')
  expect(encodeRoomChanges(rooms(40, 200))).toBe('')
  expect(Buffer.byteLength(encodeRoomChanges(rooms(19, 190)))).toBeLessThan(8_000)
  expect(decodeRoomChanges('')).toBeNull()
})

test.each(['nonsense', '{}', '[["company"]]', '[[1, 2]]', 'null'])(
  'what can’t be read counts as any: %s',
  (payload) => {
    expect(decodeRoomChanges(payload)).toBeNull()
  },
)

test('two tellings are one, each room once, and any swallows the rest', () => {
  expect(mergeRoomChanges(rooms(2), rooms(3))).toEqual(rooms(3))
  expect(mergeRoomChanges(rooms(2), null)).toBeNull()
  expect(mergeRoomChanges(rooms(MAX_CHANGED_ROOMS), [['other', 'room']])).toBeNull()
})
