import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import { comparePartnershipAsOf, positionAround } from '@/lib/queries/compare-partnership-as-of'
import { foldPartnership } from '@/lib/queries/fold-partnership'
import type { ActivityScope } from '@/lib/queries/history-page'
import {
  listPartnershipActivity,
  type ActivityEntry,
} from '@/lib/queries/list-partnership-activity'
import { insertEvents, type TestEvent } from '../../support/insert-events'

vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const key = { companyUuid: 'company_1', uuid: 'partnership_1' }
const seats = (number: number | null) => ({
  uuid: 'field_seats',
  label: 'Seats',
  type: 'number',
  value: number === null ? null : { number },
})

// In the order of their arrival; the sixth was sent between the first two.
const EVENTS: TestEvent[] = [
  partner(1, { company_name: 'Acme', stage_label: 'New', custom_fields: [seats(3)] }),
  partner(10, { company_name: 'Acme', stage_label: 'Active', custom_fields: [seats(3)] }),
  contact(20, { first_name: 'Ann', email: 'ann@acme.test' }),
  contact(30, { first_name: 'Anna', email: 'ann@acme.test' }),
  message(40, 'message_created', 'Hello there'),
  partner(5, { company_name: 'Acme Ltd', stage_label: 'New', custom_fields: [seats(null)] }),
  partner(50, { company_name: 'Acme', stage_label: 'Active', custom_fields: [seats(3)] }),
  { ...partner(50, { company_name: 'Twice' }), status: 'duplicate' },
  { ...partner(55, { custom_fields: 7 }), status: 'invalid' },
  { ...partner(60, { company_name: 'A deal' }), eventType: 'deal_created', status: 'unsupported' },
]
let ids: string[] = []

beforeAll(async () => {
  ids = (await insertEvents(EVENTS)).map(({ id }) => id)
  await projectBatch()
})

describe('the activity of a partnership', () => {
  test('stands in the order of versions, whatever came late or has no effect', async () => {
    const rows = await activity('everything')
    expect(rows.map(({ id }) => ids.indexOf(id))).toEqual([9, 8, 7, 6, 4, 3, 2, 1, 5, 0])
    expect(rows.slice(0, 3).map(({ status, content }) => [status, content.kind])).toEqual([
      ['unsupported', 'nothing'],
      ['invalid', 'nothing'],
      ['duplicate', 'nothing'],
    ])
  })

  test('tells field by field what a version changed against the one before it', async () => {
    const [same, active, late, first] = await activity('profile')
    expect(same!.content).toMatchObject({
      kind: 'partnership',
      first: false,
      late: false,
      diff: { changes: [], onlyUnseen: false },
    })
    expect(linesOf(active!)).toEqual([
      ['companyName', 'Acme Ltd', 'Acme'],
      ['stageLabel', 'New', 'Active'],
      ['field_seats', null, 3],
    ])
    expect(late!.content).toMatchObject({ late: true, first: false })
    expect(linesOf(late!)).toEqual([
      ['companyName', 'Acme', 'Acme Ltd'],
      ['field_seats', 3, null],
    ])
    expect(first!.content).toMatchObject({ first: true, late: false })
    expect(linesOf(first!)).toEqual([
      ['companyName', null, 'Acme'],
      ['stageLabel', null, 'New'],
      ['field_seats', null, 3],
    ])
  })

  test('has contacts with their changes, and messages with author and excerpt', async () => {
    const rows = await activity('everything')
    const byId = (index: number) => rows.find(({ id }) => id === ids[index])!
    expect(byId(2).content).toMatchObject({ kind: 'contacts', contacts: [{ first: true }] })
    expect(byId(3).content).toMatchObject({
      kind: 'contacts',
      contacts: [
        {
          uuid: 'contact_1',
          first: false,
          diff: {
            changes: [
              {
                subject: { column: 'firstName' },
                before: { text: 'Ann' },
                after: { text: 'Anna' },
              },
            ],
          },
        },
      ],
    })
    expect(byId(4).content).toEqual({
      kind: 'message',
      author: { firstName: 'Mia', lastName: null, email: null },
      excerpt: 'Hello there',
      fileCount: 0,
      deletedSince: false,
    })
    expect(byId(0).actor).toEqual({ firstName: 'Mia', lastName: null, email: null })
  })

  test('is paged without gaps, there and back', async () => {
    const read = (position: object) =>
      actingAs(reader, () => listPartnershipActivity(key, 'everything', position, 4))
    const first = await read({})
    const second = await read({ after: first.nextCursor! })
    const third = await read({ after: second.nextCursor! })
    const all = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))
    expect(all).toEqual((await activity('everything')).map(({ id }) => id))
    expect(third.nextCursor).toBeNull()
    expect((await read({ before: third.previousCursor! })).rows).toEqual(second.rows)
  })

  test('refuses a position that is none, and anybody who is not signed in', async () => {
    for (const after of ['x', Buffer.from('[1,"-2"]').toString('base64url')]) {
      const read = () => listPartnershipActivity(key, 'everything', { after })
      await expect(actingAs(reader, read)).rejects.toThrow(InvalidAddressError)
    }
    const reads = [
      () => listPartnershipActivity(key, 'everything', {}),
      () => comparePartnershipAsOf(key, undefined),
      () => positionAround(key, { at: new Date(), seq: 1n }),
      () => foldPartnership(key),
    ]
    for (const read of reads) await expect(read()).rejects.toThrow(UnauthenticatedError)
  })
})

describe('a partnership as of an event', () => {
  test('is the version that held then, beside now, with the differences marked', async () => {
    const asOf = await compare(ids[5])
    expect(asOf!.then!.id).toBe(ids[5])
    expect(asOf!.now.id).toBe(ids[6])
    expect(asOf!.differing).toBe(3)
    const differing = asOf!.lines.filter(({ differs }) => differs)
    expect(differing.map(({ pair }) => pair)).toMatchObject([
      [{ text: 'Acme Ltd' }, { text: 'Acme' }],
      [{ text: 'New' }, { text: 'Active' }],
      [null, { field: { numberValue: 3 } }],
    ])
    expect([asOf!.earlierId, asOf!.laterId]).toEqual([ids[0], ids[1]])
  })

  test('can be chosen by any event about it, also one that changed nothing', async () => {
    const asOf = await compare(ids[4])
    expect(asOf!.chosen).toMatchObject({ id: ids[4], eventType: 'message_created' })
    expect(asOf!.then!.id).toBe(ids[1])
    expect([asOf!.earlierId, asOf!.laterId]).toEqual([ids[1], ids[6]])

    const newest = await compare(undefined)
    expect(newest).toMatchObject({ chosen: { id: ids[6] }, differing: 0, laterId: null })
  })

  test('was not there before its first version', async () => {
    const [early] = await insertEvents([message(0, 'message_created', 'Before it')])
    await projectBatch()
    const asOf = await compare(early!.id)
    expect(asOf!.then).toBeNull()
    expect(asOf!.differing).toBe(3)
    await db().webhookEvent.delete({ where: { seq: early!.seq } })
  })

  test.each([
    ['no id', () => 'newest'],
    ['an unknown event', () => '00000000-0000-7000-8000-00000000dead'],
  ])('refuses %s', async (_, id) => {
    await expect(compare(id())).rejects.toThrow(InvalidAddressError)
  })

  test('refuses an event of another partnership, or of another company', async () => {
    const [other, elsewhere] = await insertEvents([
      { ...partner(70, {}), body: { partnership: { uuid: 'partnership_2' } } },
      { ...partner(70, {}), companyUuid: 'company_2' },
    ])
    await projectBatch()
    await expect(compare(other!.id)).rejects.toThrow(InvalidAddressError)
    await expect(compare(elsewhere!.id)).rejects.toThrow(InvalidAddressError)
  })
})

function compare(id: string | undefined) {
  return actingAs(reader, () => comparePartnershipAsOf(key, id))
}

async function activity(scope: ActivityScope): Promise<ActivityEntry[]> {
  const page = await actingAs(reader, () => listPartnershipActivity(key, scope, {}))
  return page.rows
}

function linesOf({ content }: ActivityEntry) {
  if (content.kind !== 'partnership') return null
  return content.diff.changes.map(({ subject, before, after }) => [
    'column' in subject ? subject.column : subject.fieldUuid,
    ...[before, after].map((value) =>
      value === null ? null : 'text' in value ? value.text : value.field.numberValue,
    ),
  ])
}

function at(second: number): Pick<TestEvent, 'tokenIat'> {
  return { tokenIat: new Date(second * 1_000) }
}

function partner(second: number, partnership: object): TestEvent {
  const body = { partnership: { uuid: key.uuid, ...partnership } }
  return { eventType: 'partner_updated', body, ...at(second) }
}

function contact(second: number, fields: object): TestEvent {
  const body = { partnership: { uuid: key.uuid }, contact: { uuid: 'contact_1', ...fields } }
  return { eventType: 'partner_contact_updated', body, ...at(second) }
}

function message(second: number, eventType: string, content: string): TestEvent {
  const time = second * 1_000
  const body = {
    message: {
      uuid: `message_${second}`,
      room_uuid: 'room_1',
      partnership_uuid: key.uuid,
      content,
      created_by_user_uuid: 'user_1',
      created_by_user_first_name: 'Mia',
      created_at: time,
      updated_at: time,
    },
  }
  return { eventType, body, ...at(second) }
}
