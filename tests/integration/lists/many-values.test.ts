import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { fieldColumn } from '@/lib/list-view/field-column'
import type { Filter, ListView } from '@/lib/list-view/list-view'
import { readListView } from '@/lib/list-view/read-list-view'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { COMPANY, insertPartnerships, TIME } from '../../support/read-model-rows'
import { walkPages } from '../../support/walk-pages'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

const ALL = 21_500
const PAGE = 2_500
const FIELD = 'field_note'

// In no order: so few that each is looked up, some that are met along the order, more than are sorted one by one, and
// more than are counted.
const COUNTED = 10_000
const NOTES = ['few', 'some', 'many', 'most']
const noteOf = (n: number) =>
  n % 37 === 0 ? 'few' : n % 8 === 0 ? 'some' : n % 3 === 0 ? 'many' : 'most'
const uuidOf = (n: number) => `p_${String((n * 7919) % ALL).padStart(5, '0')}`

beforeAll(async () => {
  const rows = Array.from({ length: ALL }, (_, n) => ({
    uuid: uuidOf(n),
    companyName: `Partner ${String((n * 104_729) % 2_003).padStart(5, '0')}`,
    companyEmail: n % 5 === 0 ? null : `a${n % 911}@partner.example`,
    occurredAt: new Date(TIME.getTime() + ((n * 31_337) % 4_001) * 1_000),
  }))
  await insertPartnerships(rows)
  await db().customField.create({
    data: {
      companyUuid: COMPANY,
      uuid: FIELD,
      label: 'Note',
      type: 'text',
      partnershipCount: ALL,
      sortKey: 'note',
      searchText: 'note',
      firstEventAt: TIME,
      occurredAt: TIME,
      eventSeq: 1n,
      projectorVersion: 1,
    },
  })
  await db().$executeRaw`
    INSERT INTO custom_field_value (company_uuid, owner_type, owner_uuid, field_uuid, position, label, type, text_value)
    SELECT ${COMPANY}, 'partnership', uuid, ${FIELD}, 0, 'Note', 'text', 'Note ' || note
    FROM unnest(${rows.map(({ uuid }) => uuid)}::text[], ${rows.map((_, n) => noteOf(n))}::text[]) row(uuid, note)`
  await db().$executeRawUnsafe('ANALYZE')
})

const contains = (text: string): Filter => ({
  column: fieldColumn(COMPANY, FIELD),
  operator: 'contains',
  values: [text],
})

const list = (view: ListView) =>
  walkPages(async (position) => {
    const { page } = await actingAs(reader, () => listPartnerships(view, position, PAGE))
    return page
  })

const ids = (rows: { uuid: string }[]) => rows.map(({ uuid }) => uuid)

describe.each(['name', '-name', '-changed', 'email'])('by %s', (sort) => {
  const view = readListView({ sort })
  let all: string[]

  beforeAll(async () => {
    all = ids((await list(view)).forwards)
  })

  test.each(NOTES)('the pages of “%s” are the list’s without the others', async (note) => {
    const own = new Set(
      Array.from({ length: ALL }, (_, n) => n)
        .filter((n) => noteOf(n) === note)
        .map(uuidOf),
    )
    const { forwards, backwards } = await list({ ...view, filters: [contains(`note ${note}`)] })
    expect(ids(forwards)).toEqual(all.filter((uuid) => own.has(uuid)))
    expect(ids(backwards)).toEqual(ids(forwards))
  })
})

test('all that fit are counted', async () => {
  const count = async (note: string) => {
    const view = { filters: [contains(note)] }
    return (await actingAs(reader, () => listPartnerships(view, {}))).matches
  }
  const expected = (note: string) =>
    Array.from({ length: ALL }, (_, n) => noteOf(n)).filter((each) => each === note).length
  expect(NOTES.map(expected)).toEqual([582, 2_615, 6_102, 12_201])
  for (const note of ['few', 'some', 'many'])
    expect(await count(note)).toEqual({ count: expected(note), exact: true })
  for (const note of ['most', 'note'])
    expect(await count(note)).toEqual({ count: COUNTED, exact: false })
})
