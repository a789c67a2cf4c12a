import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import { listAttachments } from '@/lib/queries/list-attachments'
import {
  storeAttachments,
  storeAuthor,
  storeMessages,
  storePartnership,
} from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

function read(q?: string, position: PagePosition = {}, pageSize?: number) {
  return actingAs(user, () =>
    listAttachments({ ...(q && { q }), filters: [] }, position, pageSize),
  ).then(({ page }) => page)
}

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE attachment, message, author, partnership`
})

test('nobody reads attachments without signing in', async () => {
  await expect(listAttachments({ filters: [] }, {})).rejects.toThrow(UnauthenticatedError)
})

test('a file shows where it was sent and by whom', async () => {
  await storePartnership({ uuid: 'partnership_1', companyName: 'Acme' })
  await storeAuthor({ uuid: 'user_ada', firstName: 'Ada' })
  await storeMessages([
    { uuid: 'message_1', partnershipUuid: 'partnership_1', authorUuid: 'user_ada' },
  ])
  await storeAttachments([
    {
      messageUuid: 'message_1',
      uuid: 'asset_1',
      fileName: 'Plan.pdf',
      fileSize: 1_048_576n,
      mimeType: 'application/pdf',
      fileUrl: 'https://cdn.example/plan.pdf',
    },
  ])
  expect((await read()).rows).toMatchObject([
    {
      fileName: 'Plan.pdf',
      fileSize: 1_048_576,
      fileUrl: 'https://cdn.example/plan.pdf',
      roomUuid: 'room_1',
      partnershipName: 'Acme',
      partnershipReceived: true,
      authorFirstName: 'Ada',
    },
  ])
})

test('files of deleted messages are not listed', async () => {
  await storeMessages([
    { uuid: 'kept', attachmentCount: 1 },
    { uuid: 'gone', attachmentCount: 1, deletedAt: new Date('2026-01-02T00:00:00Z') },
  ])
  await storeAttachments([
    { messageUuid: 'kept', uuid: 'asset_1', fileName: 'kept.pdf' },
    { messageUuid: 'gone', uuid: 'asset_2', fileName: 'SECRET.pdf' },
  ])
  const page = await read()
  expect(page.rows.map((file) => file.fileName)).toEqual(['kept.pdf'])
  expect(JSON.stringify([page, await read('secret')])).not.toContain('SECRET')
})

test('a search is not corrected to the names of files of deleted messages', async () => {
  await storeMessages([
    { uuid: 'kept', attachmentCount: 1 },
    { uuid: 'gone', attachmentCount: 1, deletedAt: new Date('2026-01-02T00:00:00Z') },
  ])
  await storeAttachments([
    { messageUuid: 'kept', uuid: 'asset_1', fileName: 'terminals.pdf' },
    { messageUuid: 'gone', uuid: 'asset_2', fileName: 'terminalx.pdf' },
  ])
  const { page, searchedInstead } = await actingAs(user, () =>
    listAttachments({ q: 'terminalq', filters: [] }, {}),
  )
  expect(page.rows.map((file) => file.fileName)).toEqual(['terminals.pdf'])
  expect(searchedInstead).toEqual([['terminals']])
})

test('files are found by a part of their name', async () => {
  await storeMessages([{ uuid: 'message_1' }])
  await storeAttachments([
    { messageUuid: 'message_1', uuid: 'asset_1', fileName: 'Plan_2026.pdf' },
    { messageUuid: 'message_1', uuid: 'asset_2', fileName: 'Plan 2027.pdf' },
  ])
  expect((await read('PLAN')).rows).toHaveLength(2)
  expect((await read('n_2')).rows.map((file) => file.uuid)).toEqual(['asset_1'])
  expect((await read('budget')).rows).toEqual([])
})

test('paging there and back reaches every file exactly once, whatever times and messages they share', async () => {
  const files = Array.from({ length: 40 }, (_, index) => ({
    companyUuid: index % 3 === 0 ? 'company_b' : 'company_a',
    messageUuid: `message_${Math.floor(index / 10)}`,
    uuid: `asset_${String(index).padStart(2, '0')}`,
    createdAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 20))),
  }))
  const messages = ['company_a', 'company_b'].flatMap((companyUuid) =>
    [0, 1, 2, 3].map((number) => ({ companyUuid, uuid: `message_${number}` })),
  )
  await storeMessages(messages)
  await storeAttachments(files)
  const everything = (await read(undefined, {}, 100)).rows.map((file) => file.uuid)
  expect(everything).toHaveLength(40)

  let page = await read(undefined, {}, 7)
  const forwards = page.rows.map((file) => file.uuid)
  while (page.nextCursor !== null) {
    page = await read(undefined, { after: page.nextCursor }, 7)
    forwards.push(...page.rows.map((file) => file.uuid))
  }
  expect(forwards).toEqual(everything)

  const backwards = page.rows.map((file) => file.uuid)
  while (page.previousCursor !== null) {
    page = await read(undefined, { before: page.previousCursor }, 7)
    backwards.unshift(...page.rows.map((file) => file.uuid))
  }
  expect(backwards).toEqual(everything)
})

test('a cursor that is none of this list is refused', async () => {
  const cursor = encodeCursor([1, 'a', 'b'])
  await expect(read(undefined, { after: cursor })).rejects.toThrow(InvalidAddressError)
})
