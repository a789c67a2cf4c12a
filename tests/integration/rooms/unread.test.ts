import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import { listRooms } from '@/lib/queries/list-rooms'
import { markRoomVisited } from '@/lib/rooms/mark-room-visited'
import { insertEvents } from '@/tests/support/insert-events'
import { emptyEverything } from '@/tests/support/read-model'
import { messageBody } from '@/tests/support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const ann = { id: '00000000-0000-4000-8000-000000000001', email: 'ann@waggle.test' }
const bob = { id: '00000000-0000-4000-8000-000000000002', email: 'bob@waggle.test' }
const room = { companyUuid: 'company_1', uuid: 'room_1' }

async function receive(count: number, from = 0, eventType = 'message_created') {
  await insertEvents(
    Array.from({ length: count }, (_, index) => {
      const at = (from + index + 1) * 1_000
      const times = { created_at: at, updated_at: at }
      return { eventType, body: messageBody({ uuid: `message_${from + index}`, ...times }) }
    }),
  )
  while ((await projectBatch()).claimed > 0);
}

async function unreadOf(user: typeof ann) {
  const { rows } = await actingAs(user, () => listRooms({}, {}))
  return rows.map(({ unread }) => unread)
}

beforeEach(async () => {
  await emptyEverything()
  await db().appUser.deleteMany()
  await db().appUser.createMany({
    data: [ann, bob].map((user) => ({ ...user, passwordHash: 'none' })),
  })
})

test('nobody visits a room without signing in', async () => {
  await expect(markRoomVisited(room, 'message_0')).rejects.toThrow(UnauthenticatedError)
})

test('messages are unread until the reader visits, each reader by themselves', async () => {
  await receive(3)
  expect(await unreadOf(ann)).toEqual([{ count: 3, exact: true }])

  await actingAs(ann, () => markRoomVisited(room, 'message_2'))
  expect(await unreadOf(ann)).toEqual([{ count: 0, exact: true }])
  expect(await unreadOf(bob)).toEqual([{ count: 3, exact: true }])

  await receive(2, 3)
  expect(await unreadOf(ann)).toEqual([{ count: 2, exact: true }])
  await actingAs(ann, () => markRoomVisited(room, 'message_4'))
  expect(await unreadOf(ann)).toEqual([{ count: 0, exact: true }])
})

test('what is newer than the message that was shown stays unread, and an older one takes nothing back', async () => {
  await receive(5)
  await actingAs(ann, () => markRoomVisited(room, 'message_2'))
  expect(await unreadOf(ann)).toEqual([{ count: 2, exact: true }])

  await actingAs(ann, () => markRoomVisited(room, 'message_0'))
  expect(await unreadOf(ann)).toEqual([{ count: 2, exact: true }])
  await actingAs(ann, () => markRoomVisited(room, 'message_3'))
  expect(await unreadOf(ann)).toEqual([{ count: 1, exact: true }])
})

test('neither an edit of what was read nor a deleted message is unread', async () => {
  await receive(2)
  await actingAs(ann, () => markRoomVisited(room, 'message_1'))
  await insertEvents([
    { eventType: 'message_updated', body: messageBody({ uuid: 'message_0', updated_at: 9_000 }) },
  ])
  await receive(1, 5)
  await receive(1, 5, 'message_deleted')
  expect(await unreadOf(ann)).toEqual([{ count: 0, exact: true }])
})

test('counting stops at ninety-nine, before the first visit and after it', async () => {
  await receive(1)
  await actingAs(ann, () => markRoomVisited(room, 'message_0'))
  await receive(150, 1)
  expect(await unreadOf(ann)).toEqual([{ count: 99, exact: false }])
  expect(await unreadOf(bob)).toEqual([{ count: 99, exact: false }])
})

test('a room or a message that is not there, and a reader who is gone, leave nothing behind', async () => {
  await actingAs(ann, () => markRoomVisited(room, 'message_0'))
  await receive(1)
  await actingAs(ann, () => markRoomVisited({ ...room, uuid: 'never' }, 'message_0'))
  await actingAs(ann, () => markRoomVisited(room, 'never'))
  const gone = { ...ann, id: '00000000-0000-4000-8000-00000000000f' }
  await actingAs(gone, () => markRoomVisited(room, 'message_0'))
  expect(await db().roomVisit.count()).toBe(0)
})

test('a message that arrives after the visit is unread, however early it was sent, until the next visit', async () => {
  await receive(3, 10)
  await actingAs(ann, () => markRoomVisited(room, 'message_12'))
  await receive(2, 4)
  expect(await unreadOf(ann)).toEqual([{ count: 2, exact: true }])
  await receive(1, 20)
  expect(await unreadOf(ann)).toEqual([{ count: 3, exact: true }])
  await receive(1, 5, 'message_deleted')
  expect(await unreadOf(ann)).toEqual([{ count: 2, exact: true }])
  await actingAs(ann, () => markRoomVisited(room, 'message_20'))
  expect(await unreadOf(ann)).toEqual([{ count: 0, exact: true }])
})
