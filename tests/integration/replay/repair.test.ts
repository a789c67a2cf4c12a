import { beforeEach, expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { projectBatch } from '@/lib/projector/project-batch'
import { projectEvents } from '@/tests/support/project-events'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const REPLAY = { trigger: 'replay', actor: 'ann@waggle.test' } as const

const FIELDS = [
  { uuid: 'field_1', label: 'Size', type: 'number', value: { number: 3 }, options: null },
  { uuid: 'field_2', label: 'Name', type: 'text', value: { text: 'Ann' }, options: null },
]

const HISTORY = [
  {
    eventType: 'partner_created',
    body: partnershipBody({ custom_fields: FIELDS }, [
      { id: 'crm', selected: [{ id: 'sync', value: 'on' }] },
    ]),
  },
  {
    eventType: 'partner_contact_created',
    body: contactBody({ first_name: 'Ann', custom_fields: FIELDS }),
  },
  {
    eventType: 'message_created',
    body: messageBody({ attachments: [attachment('asset_1'), attachment('asset_2')] }),
  },
  { eventType: 'message_created', body: messageBody({ uuid: 'message_2', content: 'Gone' }) },
  { eventType: 'message_deleted', body: { message: { uuid: 'message_2' } } },
  { eventType: 'message_deleted', body: { message: { uuid: 'message_3' } } },
]

beforeEach(emptyEverything)

// What a fault of a projection, or a hand in the database, may have done to rows: their versions are kept.
test.each([
  `UPDATE partnership SET company_name = 'Wrong', search_text = ''`,
  `UPDATE partnership SET first_event_at = now()`,
  `DELETE FROM partnership`,
  `UPDATE contact SET first_name = NULL, tags = '[{"label": "wrong"}]'`,
  `UPDATE contact SET partnership_uuid = 'elsewhere'`,
  `DELETE FROM contact`,
  `UPDATE custom_field SET label = 'Wrong', options = '[]'`,
  `UPDATE custom_field SET partnership_count = 9, contact_count = 0`,
  `DELETE FROM custom_field`,
  `UPDATE custom_field_value SET number_value = 7, raw = NULL`,
  `DELETE FROM custom_field_value WHERE field_uuid = 'field_1'`,
  `INSERT INTO custom_field_value (company_uuid, owner_type, owner_uuid, field_uuid, position, type)
   SELECT company_uuid, owner_type, owner_uuid, 'field_9', 9, 'text' FROM custom_field_value
   WHERE field_uuid = 'field_1'`,
  `UPDATE message SET content = 'Wrong', search_vector = NULL, attachment_count = 9`,
  `UPDATE message SET room_uuid = 'room_that_is_not_there' WHERE uuid = 'message_1'`,
  `UPDATE message SET created_at = now(), updated_at = now() WHERE uuid = 'message_3'`,
  `UPDATE message SET deleted_at = NULL, deleted_event_seq = NULL`,
  `DELETE FROM message`,
  `UPDATE attachment SET file_name = 'wrong.pdf', position = 5`,
  `DELETE FROM attachment WHERE uuid = 'asset_2'`,
  `INSERT INTO attachment (company_uuid, message_uuid, uuid, position, created_at, sort_key, search_text)
   SELECT company_uuid, uuid, 'asset_9', 9, created_at, '', '' FROM message`,
  `UPDATE room SET message_count = 77, attachment_count = 0, last_message_at = NULL, sort_at = now()`,
  `UPDATE room SET partnership_uuid = 'elsewhere', partner_type = 'wrong'`,
  `UPDATE room SET partnership_uuid = NULL`,
  `DELETE FROM room`,
  `UPDATE partnership_total SET contact_count = 9, room_count = 0, message_count = -3, sort_at = now()`,
  `UPDATE partnership_total SET received = false, partner_type = 'wrong'`,
  `DELETE FROM partnership_total`,
  `UPDATE author SET email = 'wrong@partner.test'`,
  `DELETE FROM author`,
  `UPDATE integration_setting SET value = 'off'`,
  `DELETE FROM integration_setting`,
])('a replay of its events repairs what “%s” has done', async (fault) => {
  const seqs = (await insertEvents(HISTORY)).map(({ seq }) => seq)
  await projectBatch()
  const right = await dumpReadModel()
  await db().$executeRaw(Prisma.raw(fault))
  expect(await dumpReadModel()).not.toEqual(right)

  const { changed } = await projectEvents(seqs, REPLAY)

  expect(await dumpReadModel()).toEqual(right)
  // Totals are written by no event: a run counts apart which ones it puts right.
  const inTotalsOnly =
    /UPDATE partnership_total|partnership_count = 9|DELETE FROM partnership_total|message_count = 77/
  expect(changed.size > 0).toBe(!inTotalsOnly.test(fault))
  expect((await projectEvents(seqs, REPLAY)).changed.size).toBe(0)
  expect(await dumpReadModel()).toEqual(right)
})

test('a replay of a part of the log leaves the rows of the others as they are', async () => {
  const [partnership] = await insertEvents(HISTORY)
  await projectBatch()
  await db().$executeRaw`UPDATE contact SET first_name = 'Wrong'`
  await db().$executeRaw`UPDATE message SET content = 'Wrong'`
  const before = await dumpReadModel()
  await projectEvents([partnership?.seq ?? 0n], REPLAY)
  expect(await dumpReadModel()).toEqual(before)
})

test('an event that lost changes nothing in a replay, and the one that won does not either', async () => {
  const seqs = (
    await insertEvents([
      { eventType: 'message_created', body: messageBody({ content: 'old' }) },
      { eventType: 'message_updated', body: messageBody({ content: 'new', updated_at: 2_000 }) },
    ])
  ).map(({ seq }) => seq)
  await projectBatch()
  const before = await dumpReadModel()
  for (const seq of seqs) {
    const { applied, changed } = await projectEvents([seq], REPLAY)
    expect({ applied, changed }).toEqual({ applied: [seq], changed: new Set() })
  }
  expect(await dumpReadModel()).toEqual(before)
})
