import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import { findRooms } from '@/lib/queries/find-room'
import { listRooms } from '@/lib/queries/list-rooms'
import type { RoomFilters } from '@/lib/queries/room-filters'
import {
  COMPANY,
  storeAuthor,
  storeMessages,
  storePartnership,
  storeRooms,
} from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

function read(filters: RoomFilters = {}, position: PagePosition = {}, pageSize?: number) {
  return actingAs(user, () => listRooms(filters, position, pageSize))
}

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE room, message, author, partnership`
})

test('nobody reads rooms without signing in', async () => {
  await expect(listRooms({}, {})).rejects.toThrow(UnauthenticatedError)
  await expect(findRooms('room_1')).rejects.toThrow(UnauthenticatedError)
})

test('a room shows its partnership and the last message with its author', async () => {
  await storePartnership({ uuid: 'partnership_1', companyName: 'Acme' })
  await storeAuthor({ uuid: 'user_ada', firstName: 'Ada', lastName: 'Lovelace' })
  await storeMessages([{ uuid: 'message_1', authorUuid: 'user_ada', content: 'Hello' }])
  await storeRooms([
    {
      uuid: 'room_1',
      partnershipUuid: 'partnership_1',
      partnerType: 'referral',
      messageCount: 3,
      attachmentCount: 2,
      lastMessageUuid: 'message_1',
      sortAt: new Date('2026-01-03T00:00:00Z'),
    },
    { uuid: 'room_2', partnershipUuid: 'not received', sortAt: new Date('2026-01-02T00:00:00Z') },
    { uuid: 'room_3', partnershipUuid: null, sortAt: new Date('2026-01-01T00:00:00Z') },
  ])
  const page = await read()
  expect(page.rows).toMatchObject([
    {
      uuid: 'room_1',
      partnershipReceived: true,
      partnershipName: 'Acme',
      partnerType: 'referral',
      messageCount: 3,
      attachmentCount: 2,
      lastMessage: { excerpt: 'Hello', deleted: false, authorFirstName: 'Ada' },
    },
    { uuid: 'room_2', partnershipReceived: false, partnershipName: null, lastMessage: null },
    { uuid: 'room_3', partnershipUuid: null, lastMessage: null },
  ])
  expect(page).toMatchObject({ nextCursor: null, previousCursor: null })
})

test('the text of a deleted last message is not in the list', async () => {
  await storeMessages([
    {
      uuid: 'message_1',
      content: 'SECRET',
      attachmentCount: 1,
      deletedAt: new Date('2026-01-02T00:00:00Z'),
    },
  ])
  await storeRooms([{ uuid: 'room_1', lastMessageUuid: 'message_1' }])
  const page = await read()
  expect(JSON.stringify(page)).not.toContain('SECRET')
  expect(page.rows[0]?.lastMessage).toMatchObject({
    deleted: true,
    excerpt: null,
    attachmentCount: 0,
  })
})

test('paging there and back reaches every room exactly once, whatever times they share', async () => {
  const rooms = Array.from({ length: 40 }, (_, index) => ({
    uuid: `room_${String(index).padStart(2, '0')}`,
    companyUuid: index % 2 === 0 ? 'company_a' : 'company_b',
    sortAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 15))),
  }))
  await storeRooms(rooms)
  const everything = (await read({}, {}, 100)).rows.map((room) => room.uuid)
  expect(everything).toHaveLength(40)

  let page = await read({}, {}, 7)
  expect(page.previousCursor).toBeNull()
  const forwards = page.rows.map((room) => room.uuid)
  while (page.nextCursor !== null) {
    page = await read({}, { after: page.nextCursor }, 7)
    forwards.push(...page.rows.map((room) => room.uuid))
  }
  expect(forwards).toEqual(everything)

  const backwards = page.rows.map((room) => room.uuid)
  while (page.previousCursor !== null) {
    page = await read({}, { before: page.previousCursor }, 7)
    backwards.unshift(...page.rows.map((room) => room.uuid))
  }
  expect(backwards).toEqual(everything)
})

test('rooms are found by a part of the name of their partnership, in any case, and % is just a sign', async () => {
  await storePartnership({ uuid: 'partnership_1', companyName: '100% Honey Ltd' })
  await storePartnership({ uuid: 'partnership_2', companyName: '100 Hives' })
  await storePartnership({ uuid: 'partnership_1', companyName: 'Other', companyUuid: 'company_b' })
  await storeRooms([
    { uuid: 'room_1', partnershipUuid: 'partnership_1' },
    { uuid: 'room_2', partnershipUuid: 'partnership_2' },
    { uuid: 'room_3', partnershipUuid: 'partnership_1', companyUuid: 'company_b' },
  ])
  const found = async (q: string) => (await read({ q })).rows.map((room) => room.uuid)
  expect(await found('HONEY')).toEqual(['room_1'])
  expect(await found('100%')).toEqual(['room_1'])
  expect(await found('0_h')).toEqual([])
  expect(await found('\\')).toEqual([])
})

test('the filter by partnership shows the rooms of that company only', async () => {
  await storeRooms([
    { uuid: 'room_1', partnershipUuid: 'partnership_1' },
    { uuid: 'room_2', partnershipUuid: 'partnership_2' },
    { uuid: 'room_3', partnershipUuid: 'partnership_1', companyUuid: 'company_b' },
  ])
  const partnership = { companyUuid: COMPANY, uuid: 'partnership_1' }
  expect((await read({ partnership })).rows.map((room) => room.uuid)).toEqual(['room_1'])
})

test.each(['x', encodeCursor([1, 'a']), encodeCursor(['1', 'a', 'b']), encodeCursor([1, 'a', 2])])(
  'a cursor that is none of this list is refused: %s',
  async (cursor) => {
    await expect(read({}, { after: cursor })).rejects.toThrow(InvalidAddressError)
  },
)

test('a room that several companies have is found once for each, and alone when one is named', async () => {
  await storePartnership({ uuid: 'partnership_1', companyName: 'Acme' })
  await storeRooms([
    { uuid: 'room_1', partnershipUuid: 'partnership_1' },
    { uuid: 'room_1', partnershipUuid: 'partnership_1', companyUuid: 'company_b' },
  ])
  const all = await actingAs(user, () => findRooms('room_1'))
  expect(all).toMatchObject([
    { companyUuid: 'company_a', partnershipReceived: true, partnershipName: 'Acme' },
    { companyUuid: 'company_b', partnershipReceived: false, partnershipName: null },
  ])
  const one = await actingAs(user, () => findRooms('room_1', 'company_b'))
  expect(one.map((room) => room.companyUuid)).toEqual(['company_b'])
  expect(await actingAs(user, () => findRooms('room_9'))).toEqual([])
})

test('a name of any length is cut before it is read', async () => {
  await storePartnership({ uuid: 'partnership_1', companyName: '🐝'.repeat(400) })
  await storeRooms([{ uuid: 'room_1', partnershipUuid: 'partnership_1' }])
  const [room] = await actingAs(user, () => findRooms('room_1'))
  expect(room?.partnershipName).toBe('🐝'.repeat(300))
})

test('a room that only messages name is found with its company', async () => {
  await storeMessages([{ uuid: 'message_1', roomUuid: 'room_7', partnershipUuid: 'partnership_1' }])
  const rooms = await actingAs(user, () => findRooms('room_7', COMPANY))
  expect(rooms).toMatchObject([{ onlyMessages: true, partnershipUuid: 'partnership_1' }])
})
