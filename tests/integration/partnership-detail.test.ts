import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { findAwaitedPartnership } from '@/lib/queries/find-awaited-partnership'
import { findPartnership } from '@/lib/queries/find-partnership'
import { listCustomFieldValues } from '@/lib/queries/list-custom-field-values'
import { listPartnershipFiles } from '@/lib/queries/list-partnership-files'
import { listPartnershipRooms } from '@/lib/queries/list-partnership-rooms'
import { listPartnershipEvents } from '@/lib/queries/list-subject-events'
import {
  COMPANY,
  insertContacts,
  insertPartnerships,
  insertRooms,
  TIME,
} from '../support/read-model-rows'
import { storeEvent } from '../support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const asReader = <T>(work: () => Promise<T>) => actingAs(reader, work)
const key = { companyUuid: COMPANY, uuid: 'p1' }

describe('finding a partnership', () => {
  beforeAll(async () => {
    await insertPartnerships([
      { uuid: 'p1', companyName: 'Acme', companyDescription: 'First line\nSecond line' },
      { uuid: 'shared', companyName: 'Seen by A' },
      { uuid: 'shared', companyName: 'Seen by B', companyUuid: 'company_b' },
      { uuid: 'half', companyName: 'Received by A' },
      { uuid: 'long', companyName: 'n'.repeat(3_000), companyDescription: 'd'.repeat(30_000) },
    ])
    await insertContacts([
      { uuid: 'c1', partnershipUuid: 'by_contact' },
      { uuid: 'c2', partnershipUuid: 'half', companyUuid: 'company_b' },
    ])
    await insertRooms([
      { uuid: 'r1', partnershipUuid: 'by_room', partnerType: 'reseller' },
      { uuid: 'r2', partnershipUuid: 'p1', partnerType: 'referral' },
    ])
    await storeEvent({ partnershipUuid: 'by_event', status: 'failed', receivedAt: TIME })
  })

  test('finds it by its uuid, with the partner type of its room', async () => {
    const found = await asReader(() => findPartnership('p1'))
    expect(found).toMatchObject({
      kind: 'found',
      record: {
        companyUuid: COMPANY,
        name: 'Acme',
        description: 'First line\nSecond line',
        descriptionCut: false,
        partnerType: 'referral',
        changedAt: TIME,
      },
    })
  })

  test('cuts texts that no page could show, and says so', async () => {
    const found = await asReader(() => findPartnership('long'))
    expect(found).toMatchObject({
      kind: 'found',
      record: { name: 'n'.repeat(2_000), descriptionCut: true },
    })
  })

  test('offers a choice when several companies have the uuid, and takes the one that is named', async () => {
    expect(await asReader(() => findPartnership('shared'))).toEqual({
      kind: 'choice',
      options: [
        { companyUuid: 'company_a', uuid: 'shared', name: 'Seen by A' },
        { companyUuid: 'company_b', uuid: 'shared', name: 'Seen by B' },
      ],
    })
    expect(await asReader(() => findPartnership('shared', 'company_b'))).toMatchObject({
      kind: 'found',
      record: { name: 'Seen by B' },
    })
  })

  test('counts a company that only has contacts of it into the choice', async () => {
    expect(await asReader(() => findPartnership('half'))).toEqual({
      kind: 'choice',
      options: [
        { companyUuid: 'company_a', uuid: 'half', name: 'Received by A' },
        { companyUuid: 'company_b', uuid: 'half', name: null },
      ],
    })
  })

  test.each(['by_contact', 'by_room', 'by_event'])(
    'awaits a partnership that only others name: %s',
    async (uuid) => {
      const awaited = { kind: 'awaited', key: { companyUuid: COMPANY, uuid } }
      expect(await asReader(() => findPartnership(uuid))).toEqual(awaited)
      expect(await asReader(() => findPartnership(uuid, COMPANY))).toEqual(awaited)
      expect(await asReader(() => findPartnership(uuid, 'company_c'))).toEqual({ kind: 'unknown' })
    },
  )

  test('tells of an awaited partnership what its rooms and events say', async () => {
    const of = (uuid: string) =>
      asReader(() => findAwaitedPartnership({ companyUuid: COMPANY, uuid }))
    expect(await of('by_room')).toEqual({ partnerType: 'reseller', firstMentionedAt: null })
    expect(await of('by_event')).toEqual({ partnerType: null, firstMentionedAt: TIME })
  })

  test('does not know what nothing names', async () => {
    expect(await asReader(() => findPartnership('nobody'))).toEqual({ kind: 'unknown' })
  })
})

describe('the sections of a partnership', () => {
  test('lists its newest rooms with their last message, and counts the rest', async () => {
    const uuid = 'talkative'
    await insertRooms(
      Array.from({ length: 12 }, (_, n) => ({
        uuid: `talk_${n}`,
        partnershipUuid: uuid,
        messageCount: n,
        sortAt: new Date(TIME.getTime() + n),
        lastMessageAt: TIME,
        lastMessageUuid: `message_${n}`,
      })),
    )
    await insertMessages([
      { uuid: 'message_11', roomUuid: 'talk_11', content: 'Hello', authorUuid: 'author_1' },
      { uuid: 'message_10', roomUuid: 'talk_10', content: 'Secret', deletedAt: TIME },
    ])
    const version = { occurredAt: TIME, eventSeq: 1n, projectorVersion: 1 }
    await db().author.create({
      data: { companyUuid: COMPANY, uuid: 'author_1', firstName: 'Ana', ...version },
    })

    const { rooms, total } = await asReader(() =>
      listPartnershipRooms({ companyUuid: COMPANY, uuid }),
    )
    expect(total).toEqual({ count: 12, exact: true })
    expect(rooms.map((room) => room.uuid)).toEqual(
      Array.from({ length: 10 }, (_, n) => `talk_${11 - n}`),
    )
    expect(rooms.slice(0, 3)).toMatchObject([
      { messageCount: 11, excerpt: 'Hello', authorFirstName: 'Ana', lastMessageDeleted: false },
      { excerpt: null, lastMessageDeleted: true },
      { excerpt: null, lastMessageDeleted: false },
    ])
  })

  test('lists the newest files of its rooms, none of a deleted message', async () => {
    const uuid = 'filing'
    await insertRooms([
      { uuid: 'files_1', partnershipUuid: uuid, attachmentCount: 3 },
      { uuid: 'files_2', partnershipUuid: uuid, attachmentCount: 1 },
      { uuid: 'files_3', partnershipUuid: 'another', attachmentCount: 1 },
    ])
    const at = (ms: number) => new Date(TIME.getTime() + ms)
    await insertMessages([
      { uuid: 'f1', roomUuid: 'files_1', attachmentCount: 2, createdAt: at(1) },
      { uuid: 'f2', roomUuid: 'files_2', attachmentCount: 1, createdAt: at(2) },
      { uuid: 'f3', roomUuid: 'files_1', attachmentCount: 1, createdAt: at(3), deletedAt: TIME },
      { uuid: 'f4', roomUuid: 'files_3', attachmentCount: 1, createdAt: at(4) },
    ])
    await insertFile('f1', 'first.pdf', 0)
    await insertFile('f1', 'second.pdf', 1)
    await insertFile('f2', 'newest.pdf', 0)
    await insertFile('f3', 'deleted.pdf', 0)
    await insertFile('f4', 'others.pdf', 0)

    const files = await asReader(() => listPartnershipFiles({ companyUuid: COMPANY, uuid }))
    expect(files.map((file) => file.fileName)).toEqual(['newest.pdf', 'first.pdf', 'second.pdf'])
    expect(files[0]).toMatchObject({ roomUuid: 'files_2', messageUuid: 'f2', fileSize: 5e9 })
  })

  test('lists its last events, the newest first', async () => {
    const uuid = 'eventful'
    for (let n = 0; n < 12; n++) await storeEvent({ partnershipUuid: uuid })
    const { id } = await storeEvent({ partnershipUuid: uuid, status: 'failed', receivedAt: TIME })
    await storeEvent({ partnershipUuid: uuid, companyUuid: 'company_b' })

    const events = await asReader(() => listPartnershipEvents({ companyUuid: COMPANY, uuid }))
    expect(events).toHaveLength(10)
    expect(events[0]).toEqual({
      id,
      eventType: 'partner_updated',
      status: 'failed',
      receivedAt: TIME,
    })
  })

  test("lists custom fields in the snapshot's order, typed, and raw where the value did not fit", async () => {
    const field = { companyUuid: COMPANY, ownerType: 'partnership' as const, ownerUuid: 'fields' }
    await db().customFieldValue.createMany({
      data: [
        {
          ...field,
          fieldUuid: 'b',
          position: 0,
          label: 'Seats',
          type: 'number',
          numberValue: 12.5,
        },
        {
          ...field,
          fieldUuid: 'a',
          position: 1,
          type: 'select',
          optionIds: ['1'],
          optionLabels: ['Gold'],
          raw: {},
        },
        { ...field, fieldUuid: 'd', position: 2, type: 'date', raw: { date: 'soon' } },
        { ...field, fieldUuid: 'c', position: 3, type: 'boolean', booleanValue: false, raw: {} },
        { ...field, fieldUuid: 'f', position: 4, type: 'date', raw: { date: null } },
        { ...field, fieldUuid: 'g', position: 5, type: 'multi_select', raw: { multi_select: [] } },
        { ...field, fieldUuid: 'h', position: 6, type: 'stars', raw: [5] },
        { ...field, ownerType: 'contact', fieldUuid: 'e', position: 0, type: 'text' },
      ],
    })
    const { values, more } = await asReader(() =>
      listCustomFieldValues('partnership', { companyUuid: COMPANY, uuid: 'fields' }),
    )
    expect(more).toBe(false)
    expect(values).toMatchObject([
      { fieldUuid: 'b', label: 'Seats', numberValue: 12.5, raw: null },
      { fieldUuid: 'a', optionLabels: ['Gold'], raw: null },
      { fieldUuid: 'd', raw: '{"date": "soon"}' },
      { fieldUuid: 'c', booleanValue: false, raw: null },
      { fieldUuid: 'f', dateValue: null, raw: '{"date": null}' },
      { fieldUuid: 'g', optionLabels: [], raw: '{"multi_select": []}' },
      { fieldUuid: 'h', raw: '[5]' },
    ])
  })

  test.each([
    ['the partnership', () => findPartnership('p1', COMPANY)],
    ['an awaited one', () => findAwaitedPartnership(key)],
    ['its rooms', () => listPartnershipRooms(key)],
    ['its files', () => listPartnershipFiles(key)],
    ['its events', () => listPartnershipEvents(key)],
    ['its custom fields', () => listCustomFieldValues('partnership', key)],
  ])('shows %s to nobody who is not signed in', async (_, read: () => Promise<unknown>) => {
    await expect(read()).rejects.toThrow(UnauthenticatedError)
  })
})

type MessageInput = Partial<Parameters<typeof messageRow>[0]> & { uuid: string; roomUuid: string }

function messageRow(message: {
  uuid: string
  roomUuid: string
  content?: string
  authorUuid?: string
  attachmentCount?: number
  createdAt?: Date
  deletedAt?: Date
}) {
  return {
    companyUuid: COMPANY,
    createdAt: TIME,
    updatedAt: TIME,
    edited: false,
    firstEventAt: TIME,
    occurredAt: TIME,
    eventSeq: 1n,
    projectorVersion: 1,
    ...message,
  }
}

async function insertMessages(messages: MessageInput[]): Promise<void> {
  await db().message.createMany({ data: messages.map(messageRow) })
}

async function insertFile(messageUuid: string, fileName: string, position: number): Promise<void> {
  await db().attachment.create({
    data: {
      companyUuid: COMPANY,
      messageUuid,
      uuid: `asset_${position}`,
      position,
      fileName,
      fileSize: 5_000_000_000n,
      createdAt: TIME,
      sortKey: fileName,
      searchText: fileName,
    },
  })
}
