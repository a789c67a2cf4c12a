import { expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { drainPending } from '@/lib/projector/drain-pending'
import { findRooms } from '@/lib/queries/find-room'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listRoomMessages } from '@/lib/queries/list-room-messages'
import { listRooms } from '@/lib/queries/list-rooms'
import { listThread } from '@/lib/queries/list-thread'
import { insertEvents } from '@/tests/support/insert-events'
import { attachment, messageBody, partnershipBody } from '@/tests/support/sample-bodies'

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const room = { companyUuid: 'company_1', uuid: 'room_1' }

async function receive(...events: [type: string, message: Record<string, unknown>][]) {
  await insertEvents(
    events.map(([eventType, message]) => ({ eventType, body: messageBody(message) })),
  )
  await drainPending()
}

test('a conversation is read as its events tell it, step by step', async () => {
  // The reply overtakes its parent, and both overtake the partnership.
  await receive([
    'message_created',
    {
      uuid: 'reply',
      replied_to_message_uuid: 'parent',
      content: 'Yes',
      created_at: 2_000,
      updated_at: 2_000,
    },
  ])
  await actingAs(user, async () => {
    const page = await listRoomMessages(room, {})
    expect(page.messages[0]?.parent).toMatchObject({ uuid: 'parent', received: false })
    expect((await listRooms({}, {})).rows).toMatchObject([
      { uuid: 'room_1', partnershipReceived: false, lastMessage: { excerpt: 'Yes' } },
    ])
  })

  await receive([
    'message_created',
    {
      uuid: 'parent',
      content: 'SECRET plan?',
      attachments: [attachment('plan'), attachment('SECRET')],
    },
  ])
  await insertEvents([{ eventType: 'partner_created', body: partnershipBody() }])
  await receive([
    'message_updated',
    {
      uuid: 'reply',
      replied_to_message_uuid: 'parent',
      content: 'No',
      created_at: 2_000,
      updated_at: 3_000,
    },
  ])
  await actingAs(user, async () => {
    const page = await listRoomMessages(room, {})
    expect(page.messages).toMatchObject([
      { uuid: 'parent', text: 'SECRET plan?', replyCount: 1, attachments: [{}, {}] },
      {
        uuid: 'reply',
        text: 'No',
        editedAt: new Date(3_000),
        author: { email: 'ann@partner.test' },
        parent: { received: true, deleted: false, excerpt: 'SECRET plan?' },
      },
    ])
    expect(page.messages.every((message) => message.eventId !== null)).toBe(true)
    expect((await listAttachments({ filters: [] }, {})).page.rows).toHaveLength(2)
    expect(await findRooms('room_1')).toMatchObject([
      { partnershipName: 'Acme', partnerType: 'referral', messageCount: 2, attachmentCount: 2 },
    ])
  })

  await receive(['message_deleted', { uuid: 'parent', content: 'SECRET plan?', updated_at: 4_000 }])
  await actingAs(user, async () => {
    const page = await listRoomMessages(room, {})
    expect(page.messages).toMatchObject([
      { uuid: 'parent', text: null, attachments: [], deletion: { by: { uuid: 'user_1' } } },
      { uuid: 'reply', parent: { received: true, deleted: true, excerpt: null } },
    ])
    const everything = [
      page,
      await listRooms({}, {}),
      await listThread({ companyUuid: 'company_1', roomUuid: 'room_1', uuid: 'reply' }),
      await listAttachments({ filters: [] }, {}),
    ]
    expect(JSON.stringify(everything)).not.toContain('SECRET')
    expect((await findRooms('room_1'))[0]).toMatchObject({ messageCount: 1, attachmentCount: 0 })
  })
})
