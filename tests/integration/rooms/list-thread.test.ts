import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { listThread, MAX_THREAD } from '@/lib/queries/list-thread'
import { COMPANY, storeMessages } from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

function read(uuid: string) {
  return actingAs(user, () => listThread({ companyUuid: COMPANY, roomUuid: 'room_1', uuid }))
}

function reply(uuid: string, to: string | null, minute: number) {
  return {
    uuid,
    repliedToMessageUuid: to,
    createdAt: new Date(Date.UTC(2026, 0, 1, 10, minute)),
  }
}

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE message`
})

test('nobody reads a thread without signing in', async () => {
  await expect(listThread({ companyUuid: COMPANY, roomUuid: 'room_1', uuid: 'a' })).rejects.toThrow(
    UnauthenticatedError,
  )
})

test('a thread is the same from each of its messages: replies below what they reply to, in time order', async () => {
  await storeMessages([
    reply('a', null, 0),
    reply('b', 'a', 1),
    reply('c', 'a', 2),
    reply('b1', 'b', 3),
    reply('b2', 'b', 4),
    reply('b1x', 'b1', 5),
    reply('other', null, 6),
  ])
  for (const uuid of ['a', 'b', 'c', 'b1', 'b2', 'b1x']) {
    const thread = await read(uuid)
    expect(thread?.messages.map((message) => [message.uuid, message.depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['b1', 2],
      ['b1x', 3],
      ['b2', 2],
      ['c', 1],
    ])
    expect(thread?.isCut).toBe(false)
  }
})

test('a thread begins at the first message that was received', async () => {
  await storeMessages([reply('b', 'never came', 0), reply('c', 'b', 1)])
  const thread = await read('c')
  expect(thread?.messages.map((message) => message.uuid)).toEqual(['b', 'c'])
  expect(thread?.messages[0]?.parent).toMatchObject({ uuid: 'never came', received: false })
})

test('a thread of an unknown message, or of one in another room, is none', async () => {
  await storeMessages([{ ...reply('other', null, 0), roomUuid: 'room_2' }])
  expect(await read('never came')).toBeNull()
  expect(await read('other')).toBeNull()
})

test('a thread stays in its room, whatever replies to what elsewhere', async () => {
  await storeMessages([
    { ...reply('above', null, 0), roomUuid: 'room_2' },
    reply('a', 'above', 1),
    reply('b', 'a', 2),
    { ...reply('elsewhere', 'a', 3), roomUuid: 'room_2' },
  ])
  const thread = await read('b')
  expect(thread?.messages.map((message) => message.uuid)).toEqual(['a', 'b'])
  expect(thread?.messages[0]).toMatchObject({ replyCount: 1, parent: { roomUuid: 'room_2' } })
})

test('messages that reply to each other in a circle, or to themselves, are shown once', async () => {
  await storeMessages([reply('a', 'c', 0), reply('b', 'a', 1), reply('c', 'b', 2)])
  await storeMessages([reply('self', 'self', 3)])
  const circle = await read('a')
  expect(circle?.messages.map((message) => message.uuid).sort()).toEqual(['a', 'b', 'c'])
  expect((await read('self'))?.messages.map((message) => message.uuid)).toEqual(['self'])
})

test('the text of a deleted message is in no thread', async () => {
  await storeMessages([
    { ...reply('a', null, 0), content: 'SECRET', deletedAt: new Date('2026-01-02T10:00:00Z') },
    reply('b', 'a', 1),
  ])
  expect(JSON.stringify(await read('b'))).not.toContain('SECRET')
})

test('a thread shows a bounded number of messages and says that there are more', async () => {
  await storeMessages([
    reply('a', null, 0),
    ...Array.from({ length: MAX_THREAD }, (_, index) => reply(`r${index}`, 'a', index + 1)),
  ])
  const thread = await read('a')
  expect(thread?.messages).toHaveLength(MAX_THREAD)
  expect(thread?.isCut).toBe(true)
})
