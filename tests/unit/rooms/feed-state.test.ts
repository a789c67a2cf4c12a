import { expect, test } from 'vitest'
import { changeFeed, MAX_KEPT, openFeed, type FeedPage } from '@/components/rooms/feed-state'
import type { RoomMessage } from '@/lib/queries/room-message'

function message(number: number, text = 'text'): RoomMessage {
  return {
    ...{ companyUuid: 'c', uuid: `m${number}`, cursor: `c${number}`, roomUuid: 'r' },
    ...{ createdAt: new Date(number * 1_000), editedAt: null, deletion: null, reveals: null },
    ...{ author: null, text, textBytes: 4, isCut: false, parent: null, replyCount: 0 },
    ...{ attachments: [], attachmentCount: 0, eventId: null },
  }
}

function page(from: number, to: number, more: Partial<FeedPage> = {}): FeedPage {
  const messages = Array.from({ length: to - from + 1 }, (_, index) => message(from + index))
  return { messages, olderCursor: 'more', newerCursor: 'more', ...more }
}

const numbers = (messages: RoomMessage[]) => messages.map(({ uuid }) => Number(uuid.slice(1)))
const END = { newerCursor: null }

test('pages at either end go on where the last one stopped', () => {
  let feed = openFeed(page(10, 12))
  feed = changeFeed(feed, { type: 'older', generation: 0, page: page(7, 9, { olderCursor: null }) })
  feed = changeFeed(feed, { type: 'newer', generation: 0, page: page(13, 14, END) })
  expect(numbers(feed.messages)).toEqual([7, 8, 9, 10, 11, 12, 13, 14])
  expect(feed).toMatchObject({ hasOlder: false, hasNewer: false, follows: false })
})

test('what is far away is let go of, and known to be there', () => {
  let feed = openFeed(page(1_000, 1_000 + MAX_KEPT - 1, END))
  feed = changeFeed(feed, { type: 'older', generation: 0, page: page(950, 999) })
  expect(numbers(feed.messages)).toEqual(numbers(page(950, 949 + MAX_KEPT).messages))
  expect(feed.hasNewer).toBe(true)
  feed = changeFeed(feed, {
    type: 'newer',
    generation: 0,
    page: page(950 + MAX_KEPT, 999 + MAX_KEPT, END),
  })
  expect(feed.messages[0]?.uuid).toBe('m1000')
  expect(feed).toMatchObject({ hasOlder: true, hasNewer: false })
})

test('new messages take a reader at the end along, and are counted for one who is elsewhere', () => {
  const feed = openFeed(page(1, 3, END))
  const arrived = { type: 'arrived', generation: 0, page: page(4, 5, END) } as const
  expect(changeFeed(feed, { ...arrived, atEnd: true })).toMatchObject({ follows: true, unseen: 0 })
  const away = changeFeed(feed, { ...arrived, atEnd: false })
  expect(away).toMatchObject({ follows: false, unseen: 2 })
  expect(changeFeed(away, { type: 'seen' }).unseen).toBe(0)
})

test('a stretch that is read again replaces the one that was there, with what came between and what went', () => {
  const feed = openFeed(page(1, 6, END))
  const messages = [message(2), message(3, 'edited'), { ...message(3.5) }, message(5)]
  const range = { from: 'm2', to: 'm5' }
  const again = { ...page(0, 0), messages }
  const next = changeFeed(feed, { type: 'reread', generation: 0, range, page: again, atEnd: false })
  expect(numbers(next.messages)).toEqual([1, 2, 3, 3.5, 5, 6])
  expect(next.messages[2]?.text).toBe('edited')
  expect(next).toMatchObject({ hasNewer: false, unseen: 0 })
})

test('a stretch up to the room’s end brings what is new, and one that is gone meanwhile changes nothing', () => {
  const feed = openFeed(page(1, 3, END))
  const range = { from: 'm2', to: null }
  const next = changeFeed(feed, {
    type: 'reread',
    generation: 0,
    range,
    page: page(2, 4, END),
    atEnd: true,
  })
  expect(numbers(next.messages)).toEqual([1, 2, 3, 4])
  expect(next.follows).toBe(true)
  const gone = { from: 'm9', to: null }
  expect(
    changeFeed(feed, { type: 'reread', generation: 0, range: gone, page: page(9, 9), atEnd: true }),
  ).toEqual(feed)
})

test('a message stands once, where it was read last', () => {
  const feed = openFeed(page(1, 3, END))
  const moved = { ...page(0, 0, END), messages: [message(4), { ...message(5), uuid: 'm2' }] }
  const next = changeFeed(feed, { type: 'arrived', generation: 0, page: moved, atEnd: true })
  expect(numbers(next.messages)).toEqual([1, 3, 4, 2])
})

test('an answer that was asked for before the newest messages were opened does not join them', () => {
  const before = openFeed(page(10, 12))
  const feed = changeFeed(before, { type: 'opened', page: page(500, 502, END) })
  expect(numbers(feed.messages)).toEqual([500, 501, 502])

  const { generation } = before
  const late = { generation, page: page(7, 9, { olderCursor: null }) }
  expect(changeFeed(feed, { type: 'older', ...late })).toEqual(feed)
  expect(changeFeed(feed, { type: 'newer', ...late })).toEqual(feed)
  expect(changeFeed(feed, { type: 'arrived', ...late, atEnd: false })).toEqual(feed)
  const range = { from: null, to: null }
  expect(changeFeed(feed, { type: 'reread', ...late, range, atEnd: false })).toEqual(feed)

  const older = { type: 'older', generation: feed.generation, page: page(498, 499) } as const
  expect(numbers(changeFeed(feed, older).messages)).toEqual([498, 499, 500, 501, 502])
})
