import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { projectBatch } from '@/lib/projector/project-batch'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { emptyEverything, roomsThatMiscount } from '../../support/read-model'
import { attachment, messageBody } from '../../support/sample-bodies'

beforeEach(emptyEverything)

/** Projects each event in a batch of its own, and checks the rooms' totals after each. */
async function projectInTurn(...events: TestEvent[]) {
  await insertEvents(events)
  while ((await projectBatch(1)).claimed > 0) expect(await roomsThatMiscount()).toEqual([])
}

const created = (message: Record<string, unknown> = {}): TestEvent => ({
  eventType: 'message_created',
  body: messageBody(message),
})
const updated = (at: number, message: Record<string, unknown> = {}): TestEvent => ({
  eventType: 'message_updated',
  body: messageBody({ updated_at: at, ...message }),
})
const deleted = (at: number, message: Record<string, unknown> = {}): TestEvent => ({
  eventType: 'message_deleted',
  body: { message: { uuid: 'message_1', ...message } },
  tokenIat: new Date(at),
})

const room = (uuid = 'room_1') => db().room.findFirstOrThrow({ where: { uuid } })
const message = () => db().message.findFirstOrThrow({ where: { uuid: 'message_1' } })

describe('the content of a message', () => {
  test('is that of the latest version, whichever comes first', async () => {
    await projectInTurn(
      updated(3_000, { content: 'third' }),
      updated(2_000, { content: 'second' }),
      created({ content: 'first' }),
    )
    expect(await message()).toMatchObject({
      content: 'third',
      edited: true,
      occurredAt: new Date(3_000),
      firstEventAt: new Date(1_000),
    })
  })

  test('takes its attachments with it', async () => {
    await projectInTurn(
      updated(2_000, { attachments: [attachment('b'), attachment('c')] }),
      created({ attachments: [attachment('a')] }),
    )
    const attachments = await db().attachment.findMany({ orderBy: { position: 'asc' } })
    expect(attachments).toMatchObject([
      { uuid: 'b', position: 0, fileSize: 10n, sortKey: 'b.pdf', roomUuid: 'room_1' },
      { uuid: 'c', position: 1 },
    ])
    expect(await room()).toMatchObject({ messageCount: 1, attachmentCount: 2 })
  })

  test('may have attachments of any size that a double holds exactly', async () => {
    const size = Number.MAX_SAFE_INTEGER
    await projectInTurn(created({ attachments: [attachment('a', { file_size: size })] }))
    expect(await db().attachment.findMany()).toMatchObject([{ fileSize: BigInt(size) }])
  })
})

describe('a deleted message', () => {
  test('stays deleted when content arrives later, and counts no more', async () => {
    await projectInTurn(
      created({ attachments: [attachment('a')] }),
      deleted(2_000),
      updated(9_000, { content: 'after', attachments: [attachment('b')] }),
    )
    expect(await message()).toMatchObject({
      content: 'after',
      deletedAt: new Date(2_000),
      attachmentCount: 0,
    })
    expect(await room()).toMatchObject({
      messageCount: 0,
      attachmentCount: 0,
      lastMessageUuid: 'message_1',
    })
    expect(await db().attachment.count()).toBe(0)
  })

  test('keeps its earliest deletion', async () => {
    await projectInTurn(created(), deleted(5_000), deleted(3_000), deleted(4_000))
    expect(await message()).toMatchObject({ deletedAt: new Date(3_000), content: 'Hello' })
    expect(await room()).toMatchObject({ messageCount: 0 })
  })

  const SPARSE = { room_uuid: 'room_1', created_at: 1_000 }
  const whole = () => created({ attachments: [attachment('a')], created_by_user_first_name: 'Ann' })
  const stillKnown = async () => {
    expect(await message()).toMatchObject({
      roomUuid: 'room_1',
      partnershipUuid: 'partnership_1',
      authorUuid: 'user_1',
      content: 'Hello',
      createdAt: new Date(1_000),
      occurredAt: new Date(1_000),
      deletedAt: new Date(5_000),
    })
    expect(await room()).toMatchObject({
      partnershipUuid: 'partnership_1',
      partnerType: 'referral',
      messageCount: 0,
    })
    expect(await db().author.findMany()).toMatchObject([{ uuid: 'user_1', firstName: 'Ann' }])
  }

  test('keeps what is known of it when its deletion says less', async () => {
    await projectInTurn(whole(), deleted(5_000, SPARSE))
    await stillKnown()
  })

  test('learns from what comes after a deletion that says less', async () => {
    await projectInTurn(deleted(5_000, SPARSE), whole())
    await stillKnown()
  })

  test('is what an event that is about it says, not what its deletion mentions', async () => {
    const decorated = { ...SPARSE, content: '', created_by_user_uuid: 'user_2', updated_at: 5_000 }
    await projectInTurn(whole(), deleted(5_000, decorated))
    await stillKnown()
  })

  test('that comes alone shows what its deletion says of it; of several, the latest', async () => {
    await projectInTurn(
      deleted(4_000, { ...SPARSE, created_by_user_uuid: 'user_2' }),
      deleted(3_000, { ...SPARSE, created_by_user_uuid: 'user_1' }),
      deleted(2_000),
    )
    expect(await message()).toMatchObject({
      roomUuid: 'room_1',
      authorUuid: 'user_2',
      createdAt: new Date(1_000),
      updatedAt: new Date(1_000),
      deletedAt: new Date(2_000),
      firstEventAt: new Date(2_000),
    })
    expect(await room()).toMatchObject({ messageCount: 0, lastMessageUuid: 'message_1' })
  })

  test('of which nothing else is known is a bare tombstone in no room, until its content comes', async () => {
    await projectInTurn(deleted(5_000, { room_uuid: 'room_1' }), deleted(3_000))
    expect(await message()).toMatchObject({
      roomUuid: null,
      createdAt: new Date(3_000),
      updatedAt: new Date(3_000),
      deletedAt: new Date(3_000),
      eventSeq: 0n,
    })
    expect(await db().room.count()).toBe(0)

    await projectInTurn(created({ created_at: 0, updated_at: 0 }))
    expect(await message()).toMatchObject({
      roomUuid: 'room_1',
      createdAt: new Date(0),
      deletedAt: new Date(3_000),
      firstEventAt: new Date(0),
    })
    expect(await room()).toMatchObject({ messageCount: 0, lastMessageUuid: 'message_1' })
  })
})

describe('a room', () => {
  test('loses a message that moves to another one, and its newest is found anew', async () => {
    await projectInTurn(
      created({ uuid: 'message_0', created_at: 500, updated_at: 500 }),
      created({ attachments: [attachment('a')] }),
      updated(2_000, { room_uuid: 'room_2', attachments: [attachment('a')] }),
    )
    expect(await room('room_1')).toMatchObject({
      messageCount: 1,
      attachmentCount: 0,
      lastMessageUuid: 'message_0',
      sortAt: new Date(500),
    })
    expect(await room('room_2')).toMatchObject({
      messageCount: 1,
      attachmentCount: 1,
      lastMessageUuid: 'message_1',
      lastMessageAt: new Date(1_000),
    })
  })

  test('that lost its last message stays, without a newest one', async () => {
    await projectInTurn(created(), updated(2_000, { room_uuid: 'room_2' }))
    expect(await room('room_1')).toMatchObject({
      messageCount: 0,
      lastMessageAt: null,
      lastMessageUuid: null,
      sortAt: new Date(0),
    })
  })

  test('belongs to the partnership that its latest message names', async () => {
    await projectInTurn(
      updated(5_000, { partnership_uuid: 'partnership_2', partner_type: 'reseller' }),
      created({ uuid: 'message_2' }),
    )
    expect(await room()).toMatchObject({
      partnershipUuid: 'partnership_2',
      partnerType: 'reseller',
      firstEventAt: new Date(1_000),
      messageCount: 2,
    })
  })

  test('keeps the partnership that it is known to belong to when a later message names none', async () => {
    const silent = { partnership_uuid: null, partner_type: null }
    await projectInTurn(
      updated(4_000, { ...silent, uuid: 'message_2' }),
      created(),
      updated(5_000, { ...silent, uuid: 'message_3' }),
      updated(6_000, { partner_type: null, uuid: 'message_4' }),
      updated(7_000, { partnership_uuid: null, partner_type: 'reseller', uuid: 'message_5' }),
    )
    expect(await room()).toMatchObject({
      partnershipUuid: 'partnership_1',
      partnerType: 'referral',
      messageCount: 5,
    })
  })

  test('is kept apart from a room of the same uuid in another company', async () => {
    await projectInTurn(created(), { ...created(), companyUuid: 'company_2' })
    expect(await db().room.findMany({ select: { messageCount: true } })).toEqual([
      { messageCount: 1 },
      { messageCount: 1 },
    ])
  })
})

test('a reply may come before its parent, and its parent never', async () => {
  await projectInTurn(created({ replied_to_message_uuid: 'message_unknown' }))
  expect(await message()).toMatchObject({ repliedToMessageUuid: 'message_unknown' })
})

test('the author of messages is the one whom the latest message shows', async () => {
  await projectInTurn(
    updated(3_000, { created_by_user_first_name: 'New', created_by_user_email: null }),
    created({ created_by_user_first_name: 'Old' }),
  )
  expect(await db().author.findMany()).toMatchObject([{ firstName: 'New', email: null }])
})
