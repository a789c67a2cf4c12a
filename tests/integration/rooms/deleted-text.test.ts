import { beforeAll, expect, test, vi } from 'vitest'
import { GET } from '@/app/(dashboard)/events/[id]/body/route'
import { actingAs } from '@/lib/auth/current-user'
import { ForbiddenError } from '@/lib/auth/require-administrator'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { comparePartnershipAsOf } from '@/lib/queries/compare-partnership-as-of'
import { findMessageText } from '@/lib/queries/find-message-text'
import { getEvent } from '@/lib/queries/get-event'
import { getEventBody, WithheldTextError } from '@/lib/queries/get-event-body'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listEvents } from '@/lib/queries/list-events'
import { listMessageHistory } from '@/lib/queries/list-message-history'
import { listPartnershipActivity } from '@/lib/queries/list-partnership-activity'
import { listRoomMessages } from '@/lib/queries/list-room-messages'
import { listRooms } from '@/lib/queries/list-rooms'
import { listThread } from '@/lib/queries/list-thread'
import { searchPalette } from '@/lib/queries/palette/search-palette'
import { searchMessages } from '@/lib/queries/search-messages'
import { projectBatch } from '@/lib/projector/project-batch'
import { revealEventBody } from '@/lib/rooms/reveal-event-body'
import { insertEvents } from '@/tests/support/insert-events'
import { attachment, messageBody, partnershipBody } from '@/tests/support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const admin = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const other = { id: '00000000-0000-4000-8000-000000000002', email: 'other@waggle.test' }
const asAdmin = <T>(work: () => Promise<T>) => actingAs(admin, work)
const SECRET = 'Zwetschgenmus'
const KEY = { companyUuid: 'company_1', roomUuid: 'room_1', uuid: 'gone' }

const PARTNERSHIP = { companyUuid: 'company_1', uuid: 'partnership_1' }

let created = ''
let deleted = ''
let standing = ''

beforeAll(async () => {
  const message = {
    ...{ uuid: 'gone', room_uuid: 'room_1', partnership_uuid: 'partnership_1', content: SECRET },
    attachments: [attachment('file_1', { file_name: `${SECRET}.pdf` })],
    a_text_of_later: { and: [SECRET] },
  }
  const reply = { uuid: 'reply', room_uuid: 'room_1', replied_to_message_uuid: 'gone' }
  const events = await insertEvents([
    { eventType: 'message_created', body: messageBody(message) },
    { eventType: 'message_created', body: messageBody({ ...reply, content: 'An answer' }) },
    { eventType: 'message_deleted', body: messageBody(message) },
    { eventType: 'partner_created', body: partnershipBody({ uuid: 'partnership_1' }) },
  ])
  const [first, second, third] = events.map(({ id }) => id)
  created = first!
  standing = second!
  deleted = third!
  await projectBatch()
})

test('no list, page or search tells what a deleted message said', async () => {
  const seq = async (id: string) => asAdmin(() => getEvent(id))
  const told = await asAdmin(async () => [
    await listRooms({}, {}),
    await listRoomMessages({ companyUuid: 'company_1', uuid: 'room_1' }, {}),
    await listThread({ ...KEY, uuid: 'reply' }),
    await listMessageHistory(KEY),
    await findMessageText(KEY),
    await searchMessages(`"An answer"`, 'best', {}),
    await searchMessages(SECRET, 'best', {}),
    (await searchPalette(SECRET)).items,
    await listPartnershipActivity(PARTNERSHIP, 'everything', {}),
    await comparePartnershipAsOf(PARTNERSHIP, created),
    await comparePartnershipAsOf(PARTNERSHIP, deleted),
    await listAttachments({ filters: [] }, {}),
    await listEvents({ ...EVERY_EVENT, q: 'gone' }, {}),
    await seq(created),
    await seq(deleted),
  ])
  const text = JSON.stringify(told, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  expect(text).toContain('An answer')
  expect(text).not.toContain(SECRET)
})

test('the page of its events keeps what was not written in the message', async () => {
  const event = await asAdmin(() => getEvent(created))
  expect(event?.textWithheld).toBe(true)
  const { message } = JSON.parse(event?.bodyStart ?? '') as { message: Record<string, unknown> }
  expect(message).toMatchObject({ uuid: 'gone', room_uuid: 'room_1' })
  const reply = await asAdmin(() => getEvent(standing))
  expect(reply).toMatchObject({ textWithheld: false, bodyStart: expect.stringContaining('answer') })
})

test('a body that can’t be laid out is not shown in part', async () => {
  const long = messageBody({ uuid: 'gone', content: `${SECRET} ${'x'.repeat(200_000)}` })
  const events = await insertEvents([
    { eventType: 'message_updated', body: long, status: 'failed' },
    { eventType: 'message_updated', body: messageBody({ uuid: 'gone' }), status: 'invalid' },
  ])
  for (const { id } of events) {
    expect(JSON.stringify((await asAdmin(() => getEvent(id)))?.bodyStart)).not.toContain(SECRET)
  }
})

test('the stored body is for an administrator alone, and each look is recorded', async () => {
  await expect(asAdmin(() => getEventBody(created))).rejects.toThrow(WithheldTextError)
  const params = Promise.resolve({ id: created })
  const answer = await asAdmin(() => GET(new Request('http://waggle.test'), { params }))
  expect(answer.status).toBe(403)
  expect(await answer.text()).not.toContain(SECRET)

  await expect(actingAs(other, () => revealEventBody(created))).rejects.toThrow(ForbiddenError)
  expect(await db().messageReveal.count()).toBe(0)
  expect(await asAdmin(() => revealEventBody(created))).toContain(SECRET)
  expect(await db().messageReveal.findMany()).toMatchObject([
    { messageUuid: 'gone', roomUuid: 'room_1', userEmail: admin.email },
  ])
  expect(await asAdmin(() => revealEventBody(standing))).toBeNull()
  expect(await asAdmin(() => revealEventBody('nonsense'))).toBeNull()
  expect(await db().messageReveal.count()).toBe(1)
})
