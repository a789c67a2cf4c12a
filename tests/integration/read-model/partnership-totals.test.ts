import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { projectBatch } from '@/lib/projector/project-batch'
import { migrate } from '@/lib/runtime/migrate'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { emptyEverything, partnershipsThatMiscount } from '../../support/read-model'
import { contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'
import { temporaryDirectory } from '../../support/temporary-directory'

beforeEach(emptyEverything)

async function projectInTurn(...events: TestEvent[]) {
  await insertEvents(events)
  while ((await projectBatch(1)).claimed > 0);
  expect(await partnershipsThatMiscount()).toEqual([])
}

const at = (second: number) => new Date(second * 1_000)
const contact = (second: number, uuid: string, partnership: string): TestEvent => ({
  eventType: 'partner_contact_updated',
  body: { ...contactBody({ uuid }), partnership: { uuid: partnership } },
  tokenIat: at(second),
})
const message = (second: number, uuid: string, more: Record<string, unknown> = {}): TestEvent => ({
  eventType: 'message_updated',
  body: messageBody({ uuid, created_at: second * 1_000, updated_at: second * 1_000, ...more }),
})
const partnership: TestEvent = { eventType: 'partner_created', body: partnershipBody() }

async function totals() {
  const rows = await db().partnershipTotal.findMany({ orderBy: { uuid: 'asc' } })
  return rows.map((row) => [
    row.uuid,
    row.received,
    row.contactCount,
    row.roomCount,
    row.messageCount,
    row.lastMessageAt,
  ])
}

test('are there before the partnership, and know when it is received', async () => {
  await projectInTurn(contact(1, 'contact_1', 'partnership_1'))
  expect(await totals()).toEqual([['partnership_1', false, 1, 0, 0, null]])
  await projectInTurn(partnership, message(2, 'message_1'))
  expect(await totals()).toEqual([['partnership_1', true, 1, 1, 1, at(2)]])
})

test('follow a contact that moves to another partnership, and leave no trace of one that nothing names', async () => {
  await projectInTurn(
    contact(2, 'contact_1', 'partnership_1'),
    contact(2, 'contact_2', 'partnership_1'),
    contact(3, 'contact_1', 'partnership_2'),
    contact(1, 'contact_2', 'partnership_3'),
  )
  expect(await totals()).toEqual([
    ['partnership_1', false, 1, 0, 0, null],
    ['partnership_2', false, 1, 0, 0, null],
  ])
  await projectInTurn(contact(4, 'contact_2', 'partnership_2'))
  expect(await totals()).toEqual([['partnership_2', false, 2, 0, 0, null]])
})

test('count the messages that stand, and tell the newest of all', async () => {
  const deletion = { eventType: 'message_deleted', body: { message: { uuid: 'message_2' } } }
  await projectInTurn(
    message(1, 'message_1'),
    message(3, 'message_2'),
    message(2, 'message_3', { room_uuid: 'room_2' }),
    deletion,
  )
  expect(await totals()).toEqual([['partnership_1', false, 0, 2, 2, at(3)]])
})

test('follow a room that turns out to belong to another partnership', async () => {
  await projectInTurn(
    message(1, 'message_1'),
    message(2, 'message_2'),
    message(3, 'message_3', { partnership_uuid: 'partnership_2' }),
  )
  expect(await totals()).toEqual([['partnership_2', false, 0, 1, 3, at(3)]])
})

test('tell the partner type: of the partnership, else of the latest room that has one', async () => {
  const type = async () => (await db().partnershipTotal.findFirstOrThrow()).partnerType
  const named = (partner_type: string) => ({ room_uuid: `room_${partner_type}`, partner_type })
  await projectInTurn(
    message(1, 'message_1', named('referral')),
    message(3, 'message_2', named('reseller')),
    message(2, 'message_3', named('technology')),
    message(4, 'message_4', { partner_type: null }),
  )
  expect(await type()).toBe('reseller')
  const own = (partner_type: string | null): TestEvent => ({
    eventType: 'partner_updated',
    body: partnershipBody({ partner_type }),
  })
  await projectInTurn(own('agency'))
  expect(await type()).toBe('agency')
  await projectInTurn(own(null))
  expect(await type()).toBe('reseller')
})

test('are exact when batches change one partnership at the same time', async () => {
  const events = Array.from({ length: 240 }, (_, n) => [
    message(n, `message_${n}`, { room_uuid: `room_${n % 40}` }),
    contact(n, `contact_${n % 100}`, `partnership_${n % 3}`),
  ]).flat()
  await insertEvents([...events, partnership])
  const project = async () => {
    while ((await projectBatch(25)).claimed > 0);
  }
  await Promise.all([project(), project(), project(), project()])
  expect(await db().webhookEvent.count({ where: { status: { not: 'applied' } } })).toBe(0)
  expect(await partnershipsThatMiscount()).toEqual([])
  expect(await db().partnershipTotal.findFirst({ where: { received: true } })).toMatchObject({
    messageCount: 240,
    roomCount: 40,
    lastMessageAt: at(239),
  })
})

test('are counted by the migration for what was there before it', async () => {
  const directory = await temporaryDirectory()
  const url = new URL(env().DATABASE_URL)
  const name = `${url.pathname.slice(1)}_before`
  await db().$executeRawUnsafe(`CREATE DATABASE ${name}`)
  url.pathname = `/${name}`
  const client = new pg.Client({ connectionString: url.href })
  try {
    const first = '20261122000000_event_log_and_read_model'
    await cp(path.join('prisma/migrations', first), path.join(directory, first), {
      recursive: true,
    })
    await migrate(url.href, directory)
    await client.connect()
    await client.query(`
      INSERT INTO partnership (company_uuid, uuid, sort_key, search_text, first_event_at,
        occurred_at, event_seq, projector_version)
      SELECT 'c', p, p, p, now(), now(), 1, 1 FROM unnest('{p1,p2}'::text[]) p;
      INSERT INTO contact (company_uuid, uuid, partnership_uuid, tags, sort_key, search_text,
        first_event_at, occurred_at, event_seq, projector_version)
      SELECT 'c', 'c' || i, p, '[]', '', '', now(), now(), 1, 1
      FROM unnest('{p1,p3,p3,NULL}'::text[]) WITH ORDINALITY x(p, i)`)
    await client.query(`
      INSERT INTO room (company_uuid, uuid, partnership_uuid, message_count, last_message_at,
        first_event_at, occurred_at, event_seq, projector_version)
      VALUES ('c', 'r1', 'p1', 2, '2026-01-01Z', now(), now(), 1, 1),
        ('c', 'r2', 'p1', 5, '2026-01-02Z', now(), now(), 1, 1),
        ('c', 'r3', NULL, 7, '2026-01-03Z', now(), now(), 1, 1)`)
    await migrate(url.href)
    const { rows } = await client.query<Record<string, unknown>>(
      'SELECT * FROM partnership_total ORDER BY uuid',
    )
    expect(rows.map((row) => Object.values(row).slice(1, 6))).toEqual([
      ['p1', true, 1, 2, 7],
      ['p2', true, 0, 0, 0],
      ['p3', false, 2, 0, 0],
    ])
    expect(rows[0]?.last_message_at).toEqual(new Date('2026-01-02T00:00:00Z'))
  } finally {
    await client.end()
    await db().$executeRawUnsafe(`DROP DATABASE ${name} WITH (FORCE)`)
    await rm(directory, { recursive: true, force: true })
  }
})
