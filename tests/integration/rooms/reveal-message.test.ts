import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { ForbiddenError } from '@/lib/auth/require-administrator'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { listMessageReveals } from '@/lib/queries/list-message-reveals'
import { listRoomMessages } from '@/lib/queries/list-room-messages'
import { revealMessage } from '@/lib/rooms/reveal-message'
import { COMPANY, storeMessages } from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const admin = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const other = { id: '00000000-0000-4000-8000-000000000002', email: 'other@waggle.test' }

const keyOf = (uuid: string) => ({ companyUuid: COMPANY, roomUuid: 'room_1', uuid })
const reveal = (uuid: string, user = admin) => actingAs(user, () => revealMessage(keyOf(uuid)))

beforeAll(async () => {
  const deletedAt = new Date('2026-01-02T00:00:00Z')
  await storeMessages([
    { uuid: 'deleted', content: 'SECRET', deletedAt },
    { uuid: 'bare', content: null, deletedAt },
    { uuid: 'standing', content: 'Said' },
  ])
})

beforeEach(async () => {
  await db().messageReveal.deleteMany()
})

test('only an administrator sees what a deleted message said, and a refusal records nothing', async () => {
  await expect(revealMessage(keyOf('deleted'))).rejects.toThrow(UnauthenticatedError)
  await expect(listMessageReveals()).rejects.toThrow(UnauthenticatedError)
  await expect(reveal('deleted', other)).rejects.toThrow(ForbiddenError)
  expect(await db().messageReveal.count()).toBe(0)
})

test('each time is recorded, and told beside the message', async () => {
  expect(await reveal('deleted')).toBe('SECRET')
  expect(await reveal('deleted')).toBe('SECRET')
  const reveals = await actingAs(other, listMessageReveals)
  expect(reveals).toHaveLength(2)
  expect(reveals[0]).toMatchObject({ ...{ messageUuid: 'deleted', userEmail: admin.email } })
  const room = { companyUuid: COMPANY, uuid: 'room_1' }
  const page = await actingAs(other, () => listRoomMessages(room, {}))
  const told = page.messages.find(({ uuid }) => uuid === 'deleted')
  expect(told?.reveals).toMatchObject({ count: 2, lastBy: admin.email })
  expect(JSON.stringify(page)).not.toContain('SECRET')
})

test('a message that stands, one that was never received and one of another room are not revealed', async () => {
  expect(await reveal('standing')).toBeNull()
  expect(await reveal('never')).toBeNull()
  const elsewhere = { ...keyOf('deleted'), roomUuid: 'room_2' }
  expect(await actingAs(admin, () => revealMessage(elsewhere))).toBeNull()
  expect(await db().messageReveal.count()).toBe(0)
})

test('a deletion of which nothing else is known has no text', async () => {
  expect(await reveal('bare')).toBe('')
})

test('the record outlives the user', async () => {
  await reveal('deleted')
  await db().appUser.deleteMany()
  expect(await db().messageReveal.count()).toBe(1)
})
