import { beforeAll, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { listPartnerTypes } from '@/lib/queries/list-partner-types'
import { listRooms } from '@/lib/queries/list-rooms'
import { readRoomFilters } from '@/lib/queries/room-filters'
import {
  storeAuthor,
  storeMessages,
  storePartnership,
  storeRooms,
} from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

async function found(params: Record<string, string>): Promise<string[]> {
  const { rows } = await actingAs(user, () => listRooms(readRoomFilters(params), {}))
  return rows.map(({ uuid }) => uuid).sort()
}

beforeAll(async () => {
  await storeAuthor({ uuid: 'user_ada', firstName: 'Ada', lastName: 'Lovelace' })
  await storeAuthor({ uuid: 'user_bob', email: 'bob_b@partner.example' })
  await storeAuthor({ uuid: 'user_ada', firstName: 'Zoe', companyUuid: 'company_b' })
  await storeMessages([
    { uuid: 'm1', roomUuid: 'room_1', authorUuid: 'user_ada' },
    { uuid: 'm2', roomUuid: 'room_1', authorUuid: 'user_bob' },
    { uuid: 'm3', roomUuid: 'room_2', authorUuid: 'user_bob' },
    { uuid: 'm4', roomUuid: 'room_3', authorUuid: 'user_ada', companyUuid: 'company_b' },
  ])
  await storeRooms([
    {
      uuid: 'room_1',
      partnerType: 'referral',
      attachmentCount: 2,
      sortAt: new Date('2026-01-10T23:59:59.999Z'),
    },
    { uuid: 'room_2', partnerType: 'coven', sortAt: new Date('2026-01-11T00:00:00Z') },
    { uuid: 'room_3', companyUuid: 'company_b', sortAt: new Date('2026-02-01T12:00:00Z') },
  ])
})

test('by who wrote there: a part of the name or of the e-mail address, or the id', async () => {
  expect(await found({ author: 'love' })).toEqual(['room_1'])
  expect(await found({ author: 'ada lovelace' })).toEqual(['room_1'])
  expect(await found({ author: 'BOB_B@' })).toEqual(['room_1', 'room_2'])
  expect(await found({ author: 'b%b' })).toEqual([])
  expect(await found({ author: 'user_ada' })).toEqual(['room_1', 'room_3'])
  expect(await found({ author: 'zoe' })).toEqual(['room_3'])
})

test('by partner type, by files, and both together', async () => {
  expect(await found({ type: 'coven' })).toEqual(['room_2'])
  expect(await found({ type: 'unheard of' })).toEqual([])
  expect(await found({ files: 'yes' })).toEqual(['room_1'])
  expect(await found({ files: 'no' })).toEqual(['room_2', 'room_3'])
  expect(await found({ files: 'yes', type: 'coven' })).toEqual([])
})

test('by the UTC days of the last activity, both inclusive', async () => {
  expect(await found({ from: '2026-01-11' })).toEqual(['room_2', 'room_3'])
  expect(await found({ to: '2026-01-10' })).toEqual(['room_1'])
  expect(await found({ from: '2026-01-10', to: '2026-01-11' })).toEqual(['room_1', 'room_2'])
})

test('the types to choose from are the documented ones and those that were seen', async () => {
  const types = await actingAs(user, listPartnerTypes)
  expect(types).toEqual(['referral', 'reseller', 'distributor', 'coven'])
})

test('by words of the partnership’s name, and by nothing else that it is found by', async () => {
  const shop = { uuid: 'partnership_shop', companyName: 'Märkte & Mehr' }
  await storePartnership({ ...shop, companyWebsite: 'https://golden.example' })
  await storeRooms([
    { uuid: 'room_shop', partnershipUuid: 'partnership_shop', sortAt: new Date('2026-03-01') },
  ])
  expect(await found({ q: 'mehr markte' })).toEqual(['room_shop'])
  expect(await found({ q: 'me' })).toEqual(['room_shop'])
  expect(await found({ q: 'golden' })).toEqual([])
  expect(await found({ q: 'go' })).toEqual([])
})
