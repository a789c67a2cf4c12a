import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor } from '@/lib/pagination'
import { findMessageText } from '@/lib/queries/find-message-text'
import { listRoomMessages, type RoomPosition } from '@/lib/queries/list-room-messages'
import { MAX_ATTACHMENTS, MAX_TEXT } from '@/lib/queries/room-message'
import { COMPANY, storeAttachments, storeAuthor, storeMessages } from '@/tests/support/message-rows'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const room = { companyUuid: COMPANY, uuid: 'room_1' }

function read(position: RoomPosition = {}, pageSize?: number) {
  return actingAs(user, () => listRoomMessages(room, position, pageSize))
}

function uuidsOf(page: Awaited<ReturnType<typeof read>>) {
  return page.messages.map((message) => message.uuid)
}

// Three messages a moment, so that most page ends fall between equal times.
function manyMessages(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    uuid: `message_${String(index).padStart(3, '0')}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 10, Math.floor(index / 3))),
  }))
}

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE message, attachment, author, room, webhook_event`
})

test('nobody reads messages without signing in', async () => {
  await expect(listRoomMessages(room, {})).rejects.toThrow(UnauthenticatedError)
  await expect(
    findMessageText({ companyUuid: COMPANY, roomUuid: 'room_1', uuid: 'message_1' }),
  ).rejects.toThrow(UnauthenticatedError)
})

test('paging back from the newest page, and forth again, reaches every message exactly once in order', async () => {
  const all = manyMessages(50)
  await storeMessages(all)
  await storeMessages([
    { uuid: 'elsewhere', roomUuid: 'room_2' },
    { uuid: 'message_000', companyUuid: 'company_b' },
  ])
  const expected = all.map((message) => message.uuid)

  let page = await read({}, 7)
  const backwards = uuidsOf(page)
  expect(page.newerCursor).toBeNull()
  while (page.olderCursor !== null) {
    page = await read({ before: page.olderCursor }, 7)
    backwards.unshift(...uuidsOf(page))
  }
  expect(backwards).toEqual(expected)

  const forwards = uuidsOf(page)
  while (page.newerCursor !== null) {
    page = await read({ after: page.newerCursor }, 7)
    forwards.push(...uuidsOf(page))
  }
  expect(forwards).toEqual(expected)
})

test.each([0, 1, 10, 25, 48, 49])(
  'a link to message %i lands on a page that holds it, from which every other one is reached',
  async (index) => {
    const all = manyMessages(50)
    await storeMessages(all)
    const uuid = all[index]?.uuid ?? ''
    const page = await read({ message: uuid }, 10)
    expect(page.target).toBe('found')
    expect(uuidsOf(page)).toContain(uuid)
    expect(page.messages.length).toBeLessThanOrEqual(11)

    const reached = uuidsOf(page)
    for (let older = page.olderCursor; older !== null;) {
      const next = await read({ before: older }, 10)
      reached.unshift(...uuidsOf(next))
      older = next.olderCursor
    }
    for (let newer = page.newerCursor; newer !== null;) {
      const next = await read({ after: newer }, 10)
      reached.push(...uuidsOf(next))
      newer = next.newerCursor
    }
    expect(reached).toEqual(all.map((message) => message.uuid))
  },
)

test('a link to a message that is not in the room shows the newest page and says where it is', async () => {
  await storeMessages([...manyMessages(5), { uuid: 'other', roomUuid: 'room_2' }])
  expect(await read({ message: 'never came' }, 2)).toMatchObject({
    target: 'missing',
    elsewhere: null,
    messages: [{ uuid: 'message_003' }, { uuid: 'message_004' }],
  })
  expect(await read({ message: 'other' })).toMatchObject({
    target: 'missing',
    elsewhere: 'room_2',
  })
})

test.each([
  'x',
  encodeCursor(['2026', 'message_1']),
  encodeCursor([1.5, 'message_1']),
  encodeCursor([-1, 'message_1']),
  encodeCursor([1e300, 'message_1']),
  encodeCursor([1, 2]),
  encodeCursor([1, 'a\u0000b']),
  encodeCursor([1]),
])('a cursor that is none of this list is refused: %s', async (cursor) => {
  await expect(read({ before: cursor })).rejects.toThrow(InvalidAddressError)
  await expect(read({ after: cursor })).rejects.toThrow(InvalidAddressError)
})

test('nothing of a deleted message is read but who wrote it and when it was deleted', async () => {
  await storeAuthor({ uuid: 'user_ada', firstName: 'Ada', lastName: 'Lovelace' })
  await storeMessages([
    {
      uuid: 'message_gone',
      content: 'SECRET words',
      authorUuid: 'user_ada',
      attachmentCount: 1,
      edited: true,
      createdAt: new Date('2026-01-01T10:00:00Z'),
      deletedAt: new Date('2026-01-02T10:00:00Z'),
    },
    {
      uuid: 'message_reply',
      repliedToMessageUuid: 'message_gone',
      createdAt: new Date('2026-01-01T11:00:00Z'),
    },
  ])
  await storeAttachments([
    {
      messageUuid: 'message_gone',
      uuid: 'asset_1',
      fileName: 'SECRET.pdf',
      fileUrl: 'https://s.example/SECRET',
    },
  ])

  const page = await read()
  expect(JSON.stringify(page)).not.toContain('SECRET')
  const [gone, reply] = page.messages
  expect(gone).toMatchObject({
    deletion: { at: new Date('2026-01-02T10:00:00Z'), by: null },
    author: { firstName: 'Ada' },
    text: null,
    textBytes: 0,
    attachments: [],
    attachmentCount: 0,
    editedAt: null,
    replyCount: 1,
  })
  expect(reply?.parent).toMatchObject({ received: true, deleted: true, excerpt: null })
  expect(
    await actingAs(user, () =>
      findMessageText({ companyUuid: COMPANY, roomUuid: 'room_1', uuid: 'message_gone' }),
    ),
  ).toBeNull()
})

test('a tombstone names the user of the event that brought the deletion', async () => {
  await storeAuthor({ uuid: 'user_bob', firstName: 'Bob' })
  const event = await storeEvent({
    eventType: 'message_deleted',
    companyUuid: COMPANY,
    userUuid: 'user_bob',
  })
  await storeMessages([
    { uuid: 'message_1', deletedAt: new Date('2026-01-02T10:00:00Z'), deletedEventSeq: event.seq },
  ])
  const page = await read()
  expect(page.messages[0]?.deletion?.by).toMatchObject({ uuid: 'user_bob', firstName: 'Bob' })
})

test('a reply quotes its own parent, and says when the parent never came or is in another room', async () => {
  await storeMessages([
    { uuid: 'a', content: 'the first', createdAt: new Date('2026-01-01T10:00:00Z') },
    { uuid: 'b', repliedToMessageUuid: 'a', createdAt: new Date('2026-01-01T10:01:00Z') },
    { uuid: 'c', repliedToMessageUuid: 'b', createdAt: new Date('2026-01-01T10:02:00Z') },
    { uuid: 'd', repliedToMessageUuid: 'never', createdAt: new Date('2026-01-01T10:03:00Z') },
    { uuid: 'e', repliedToMessageUuid: 'z', createdAt: new Date('2026-01-01T10:04:00Z') },
    { uuid: 'z', roomUuid: 'room_2' },
  ])
  // The same id at another company is another message.
  await storeMessages([{ uuid: 'never', companyUuid: 'company_b', content: 'FOREIGN' }])
  const page = await read()
  const parents = page.messages.map(({ parent }) => parent && { ...parent, author: undefined })
  expect(parents).toEqual([
    null,
    expect.objectContaining({ uuid: 'a', received: true, excerpt: 'the first' }),
    expect.objectContaining({ uuid: 'b', received: true, excerpt: 'text of b' }),
    expect.objectContaining({ uuid: 'never', received: false, excerpt: null }),
    expect.objectContaining({ uuid: 'z', received: true, roomUuid: 'room_2' }),
  ])
  expect(page.messages.map((message) => message.replyCount)).toEqual([1, 1, 0, 0, 0])
  expect(JSON.stringify(page)).not.toContain('FOREIGN')
})

test('a page gets the beginning of a very long text, and the rest is read on its own', async () => {
  const long = '🐝'.repeat(250_000)
  await storeMessages([
    { uuid: 'long', content: long, createdAt: new Date('2026-01-01T10:00:00Z') },
    { uuid: 'short', content: '🐝', createdAt: new Date('2026-01-01T10:01:00Z') },
    { uuid: 'empty', content: null, createdAt: new Date('2026-01-01T10:02:00Z') },
  ])
  const page = await read()
  expect(page.messages).toMatchObject([
    { text: '🐝'.repeat(MAX_TEXT), isCut: true, textBytes: 1_000_000 },
    { text: '🐝', isCut: false, textBytes: 4 },
    { text: null, isCut: false, textBytes: 0 },
  ])
  const key = { companyUuid: COMPANY, roomUuid: 'room_1', uuid: 'long' }
  expect(await actingAs(user, () => findMessageText(key))).toBe(long)
  expect(await actingAs(user, () => findMessageText({ ...key, roomUuid: 'room_2' }))).toBeNull()
})

test('attachments come in their order, at most twenty a message, with hostile ones bounded', async () => {
  await storeMessages([{ uuid: 'message_1', attachmentCount: 30 }])
  await storeAttachments(
    Array.from({ length: 30 }, (_, position) => ({
      messageUuid: 'message_1',
      uuid: `asset_${30 - position}`,
      position,
      fileName: position === 0 ? 'n'.repeat(100_000) : `file ${position}`,
      fileUrl: position === 1 ? `https://a.example/${'u'.repeat(3_000)}` : 'javascript:alert(1)',
      fileSize: BigInt(Number.MAX_SAFE_INTEGER),
    })),
  )
  const [message] = (await read()).messages
  expect(message?.attachments).toHaveLength(MAX_ATTACHMENTS)
  expect(message?.attachmentCount).toBe(30)
  expect(message?.attachments[0]).toMatchObject({ uuid: 'asset_30', fileName: 'n'.repeat(300) })
  expect(message?.attachments[1]).toMatchObject({ fileUrl: null, urlTooLong: true })
  expect(message?.attachments[2]).toMatchObject({
    fileUrl: 'javascript:alert(1)',
    urlTooLong: false,
    fileSize: Number.MAX_SAFE_INTEGER,
  })
})
