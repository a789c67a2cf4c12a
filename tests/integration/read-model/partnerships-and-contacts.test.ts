import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { projectBatch } from '@/lib/projector/project-batch'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { contactBody, partnershipBody } from '../../support/sample-bodies'

beforeEach(emptyEverything)

async function projectInTurn(...events: TestEvent[]) {
  await insertEvents(events)
  while ((await projectBatch(1)).claimed > 0);
}

const at = (second: number) => new Date(second * 1_000)
const partner = (
  second: number,
  partnership: Record<string, unknown> = {},
  configuration: unknown = [],
): TestEvent => ({
  eventType: 'partner_updated',
  body: partnershipBody(partnership, configuration),
  tokenIat: at(second),
})
const contact = (second: number, more: Record<string, unknown> = {}): TestEvent => ({
  eventType: 'partner_contact_updated',
  body: contactBody(more),
  tokenIat: at(second),
})

test('a partnership is its latest snapshot, whole, and remembers its earliest event', async () => {
  await projectInTurn(
    partner(3, { company_name: 'Third', stage_label: null }),
    partner(1, { company_name: 'First', stage_label: 'Active' }),
    partner(2, { company_name: 'Second' }),
  )
  expect(await db().partnership.findMany()).toMatchObject([
    { companyName: 'Third', stageLabel: null, occurredAt: at(3), firstEventAt: at(1) },
  ])
})

test('of two events of the same second the later arrival wins, in either order of projection', async () => {
  const [, second] = await insertEvents([
    partner(1, { company_name: 'A' }),
    partner(1, { company_name: 'B' }),
  ])
  await db().$executeRaw`UPDATE webhook_event SET status = 'applied' WHERE seq <> ${second?.seq}`
  await projectBatch()
  await db().$executeRaw`UPDATE webhook_event SET status = 'pending' WHERE seq <> ${second?.seq}`
  await projectBatch()
  expect(await db().partnership.findMany()).toMatchObject([
    { companyName: 'B', eventSeq: second?.seq },
  ])
})

test('is listed by its name, else by its domain, else by its uuid', async () => {
  await projectInTurn(
    partner(1, { uuid: 'p1', company_name: ' Zoë Ltd ', company_domain: 'z.test' }),
    partner(1, { uuid: 'p2', company_name: ' ', company_domain: 'Y.test' }),
    partner(1, { uuid: 'P3', company_name: null }),
  )
  const rows = await db().partnership.findMany({ orderBy: { uuid: 'asc' } })
  expect(rows.map(({ uuid, sortKey }) => [uuid, sortKey]).sort()).toEqual([
    ['P3', 'p3'],
    ['p1', 'zoë ltd'],
    ['p2', 'y.test'],
  ])
  expect(rows.find(({ uuid }) => uuid === 'p1')?.searchText).toContain('zoe ltd')
})

test('the values of all seven types go into their columns and come back as they were sent', async () => {
  const options = [
    { id: 1, label: 'Gold' },
    { id: 2, label: 'Silver' },
  ]
  const values = {
    text: { text: 'plain' },
    textarea: { textarea: 'long' },
    number: { number: 5e-324 },
    date: { date: '0001-01-01T00:00:00.000Z' },
    boolean: { boolean: false },
    select: { select: 2 },
    multi_select: { multi_select: [2, 1, 'gone'] },
  }
  const custom_fields = Object.entries(values).map(([type, value]) => ({
    uuid: `field_${type}`,
    label: type,
    type,
    value,
    custom_field_value_uuid: `value_${type}`,
    options: type.endsWith('select') ? options : null,
  }))
  await projectInTurn(partner(1, { custom_fields }))

  const rows = await db().customFieldValue.findMany({ orderBy: { position: 'asc' } })
  expect(rows.map(({ raw }) => raw)).toEqual(Object.values(values))
  expect(rows).toMatchObject([
    { type: 'text', textValue: 'plain', valueUuid: 'value_text', ownerType: 'partnership' },
    { type: 'textarea', textValue: 'long' },
    { type: 'number', numberValue: 5e-324 },
    { type: 'date', dateValue: new Date('0001-01-01T00:00:00.000Z') },
    { type: 'boolean', booleanValue: false },
    { type: 'select', optionIds: ['2'], optionLabels: ['Silver'] },
    {
      type: 'multi_select',
      optionIds: ['2', '1', 'gone'],
      optionLabels: ['Silver', 'Gold', 'gone'],
    },
  ])
  expect(await db().customField.findFirst({ where: { uuid: 'field_select' } })).toMatchObject({
    label: 'select',
    options: [
      { id: '1', label: 'Gold' },
      { id: '2', label: 'Silver' },
    ],
  })
})

test('a value that is no object is kept raw', async () => {
  const raws = ['text', 5, true, [1, 'x']]
  const custom_fields = raws.map((value, i) => ({ uuid: `field_${i}`, type: 'text', value }))
  await projectInTurn(partner(1, { custom_fields }))
  const rows = await db().customFieldValue.findMany({ orderBy: { position: 'asc' } })
  expect(rows.map(({ raw }) => raw)).toEqual(raws)
})

test("the winning snapshot's values replace those before; an older snapshot replaces nothing", async () => {
  const field = (uuid: string, text: string) => ({ uuid, type: 'text', value: { text } })
  await projectInTurn(
    partner(1, { custom_fields: [field('a', '1'), field('b', '1')] }),
    partner(3, { custom_fields: [field('b', '3'), field('c', '3')] }),
    partner(2, { custom_fields: [field('a', '2')] }),
    contact(1, { uuid: 'partnership_1', custom_fields: [field('a', 'of the contact')] }),
  )
  const rows = await db().customFieldValue.findMany({
    orderBy: [{ ownerType: 'asc' }, { fieldUuid: 'asc' }],
  })
  expect(rows.map((row) => [row.ownerType, row.fieldUuid, row.textValue])).toEqual([
    ['partnership', 'b', '3'],
    ['partnership', 'c', '3'],
    ['contact', 'a', 'of the contact'],
  ])
})

test('the definition of a field is the latest one, from partnerships and contacts alike', async () => {
  const field = (type: string, label: string) => [{ uuid: 'a', type, label, value: null }]
  await projectInTurn(
    contact(3, { custom_fields: field('number', 'Size') }),
    partner(2, { custom_fields: field('text', 'Old') }),
  )
  expect(await db().customField.findMany()).toMatchObject([
    { type: 'number', label: 'Size', sortKey: 'size', firstEventAt: at(2), occurredAt: at(3) },
  ])
})

test('a contact may come before its partnership, and keeps its tags', async () => {
  const tags = [
    { id: 1, uuid: 'tag_1', label: 'VIP', background_color: '#fff', text_color: '#000' },
  ]
  await projectInTurn(contact(1, { id: 12, email: 'Ann@X.test', tags }))
  expect(await db().contact.findMany()).toMatchObject([
    {
      uuid: 'contact_1',
      externalId: '12',
      partnershipUuid: 'partnership_1',
      sortKey: 'ann@x.test',
      tags: [{ uuid: 'tag_1', id: '1', label: 'VIP', backgroundColor: '#fff', textColor: '#000' }],
    },
  ])
})

test('each setting keeps its latest value; an event that does not name it changes nothing', async () => {
  const settings = (value: string) => [{ id: 's', selected: [{ id: 'unique_field', value }] }]
  await projectInTurn(
    partner(2, {}, settings('company_domain')),
    partner(1, {}, settings('company_name')),
    partner(3, {}, []),
  )
  expect(await db().integrationSetting.findMany()).toMatchObject([
    { sectionId: 's', settingId: 'unique_field', value: 'company_domain', occurredAt: at(2) },
  ])
})

test('texts of a megabyte and ids of 200 characters are stored', async () => {
  const uuid = '字'.repeat(200)
  await projectInTurn({
    ...partner(1, {
      uuid,
      company_name: '字'.repeat(350_000),
      custom_fields: [{ uuid, type: 'text', value: { text: 'x'.repeat(1_000_000) } }],
    }),
    companyUuid: uuid,
  })
  const row = await db().partnership.findFirstOrThrow()
  expect(row.companyName).toHaveLength(350_000)
  expect(row.sortKey).toHaveLength(200)
  expect(Buffer.byteLength(row.searchText)).toBeLessThanOrEqual(100 * 1024)
  expect(await db().customFieldValue.count()).toBe(1)
})
