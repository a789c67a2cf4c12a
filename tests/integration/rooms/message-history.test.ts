import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { UnauthenticatedError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import { listMessageHistory } from '@/lib/queries/list-message-history'
import { db } from '@/lib/db'
import { insertEvents } from '@/tests/support/insert-events'
import { emptyEverything } from '@/tests/support/read-model'
import { messageBody } from '@/tests/support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const key = { companyUuid: 'company_1', roomUuid: 'room_1', uuid: 'message_1' }

async function receive(...texts: [eventType: string, updated_at: number, content: string][]) {
  const inserted = await insertEvents(
    texts.map(([eventType, updated_at, content]) => ({
      eventType,
      body: messageBody({ updated_at, content }),
    })),
  )
  // The receiver notes of which message an event is.
  await db().webhookEvent.updateMany({
    where: { seq: { in: inserted.map(({ seq }) => seq) } },
    data: { messageUuid: 'message_1' },
  })
  await projectBatch()
}

async function history() {
  const found = await actingAs(user, () => listMessageHistory(key))
  return found?.revisions.map(({ at, parts }) => [
    at.getTime(),
    parts.map(({ text, change }) => (change === 'same' ? text : `${change}(${text})`)).join(''),
  ])
}

beforeEach(emptyEverything)

test('nobody reads a history without signing in', async () => {
  await expect(listMessageHistory(key)).rejects.toThrow(UnauthenticatedError)
})

test('edits are told word by word in the order in which they were made, however they came', async () => {
  await receive(
    ['message_updated', 3_000, 'We sign on Friday, surely'],
    ['message_created', 1_000, 'We sign on Monday'],
    ['message_updated', 2_000, 'We sign on Friday'],
  )
  expect(await history()).toEqual([
    [1_000, 'We sign on Monday'],
    [2_000, 'We sign on removed(Monday)added(Friday)'],
    [3_000, 'We sign on Fridayadded(, surely)'],
  ])
})

test('an event that changes something else than the text is no edit', async () => {
  await receive(['message_created', 1_000, 'Same'], ['message_updated', 2_000, 'Same'])
  expect(await history()).toEqual([[1_000, 'Same']])
})

test('a deleted message, one of another room and an unknown one have none', async () => {
  await receive(['message_created', 1_000, 'SECRET'], ['message_deleted', 2_000, 'SECRET'])
  expect(await history()).toBeUndefined()
  const elsewhere = { ...key, roomUuid: 'room_2' }
  expect(await actingAs(user, () => listMessageHistory(elsewhere))).toBeNull()
})

test('two long texts with nothing in common are compared within bounds, and cut', async () => {
  const long = (word: string) => Array.from({ length: 9_000 }, (_, i) => `${word}${i}`).join(' ')
  await receive(['message_created', 1_000, long('a')], ['message_updated', 2_000, long('b')])
  const found = await actingAs(user, () => listMessageHistory(key))
  const last = found?.revisions.at(-1)
  expect(last?.isCut).toBe(true)
  const sizeOf = (change: string) =>
    last?.parts.filter((part) => part.change !== change).reduce((n, { text }) => n + text.length, 0)
  expect([sizeOf('removed'), sizeOf('added')]).toEqual([10_000, 10_000])
})

test('a message with very many events shows its newest ones and says so', async () => {
  await receive(
    ...Array.from(
      { length: 130 },
      (_, index) => ['message_updated', index + 1, `Text ${index}`] as [string, number, string],
    ),
  )
  const found = await actingAs(user, () => listMessageHistory(key))
  expect(found?.isCut).toBe(true)
  expect(found?.revisions).toHaveLength(100)
})
