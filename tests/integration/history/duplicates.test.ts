import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import {
  findDuplicatesOf,
  listDuplicates,
  listDuplicatesOfKey,
} from '@/lib/queries/list-duplicates'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { walkPages } from '../../support/walk-pages'

vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const asReader = <T>(work: () => Promise<T>) => actingAs(reader, work)

const SAME_DOMAIN = [
  'acme.example',
  ' ACME.example ',
  'www.acme.example',
  'https://www.Acme.example/about',
  'acme.example.',
]
const OTHERS = [
  'acme.example.org',
  'wwwacme.example',
  'not acme',
  '',
  null,
  '...',
  'x'.repeat(5_000),
]

beforeAll(async () => {
  await insertEvents([
    ...[...SAME_DOMAIN, ...OTHERS].map((company_domain, n) =>
      partner('by_domain', `p${n}`, { company_domain }, 'company_domain'),
    ),
    ...['Acme', ' acme', 'Other'].map((company_name, n) =>
      partner('by_name', `p${n}`, { company_name }, 'company_name'),
    ),
    ...['VAT 1', 'vat 1', 'VAT 2', ''].map((text, n) =>
      partner('by_field', `p${n}`, fieldOf('text', { text }), 'field_vat'),
    ),
    ...[7, 7, 8].map((number, n) =>
      partner('by_label', `p${n}`, fieldOf('number', { number }), 'VAT number'),
    ),
    partner('by_date', 'p0', fieldOf('date', { date: '2026-01-01' }), 'field_vat'),
    partner('by_nothing', 'p0', {}, 'shoe_size'),
    ...Array.from({ length: 60 }, (_, n) =>
      partner(
        'by_many',
        `p${n}`,
        { company_email: `sales@acme-${n % 30}.example` },
        'company_email',
      ),
    ),
    ...Array.from({ length: 60 }, (_, n) =>
      partner('by_crowd', `p${n}`, { company_name: n % 2 ? 'Crowd' : ' CROWD' }, 'company_name'),
    ),
  ])
  await projectBatch(1_000)
})

describe('possible duplicates', () => {
  test('are partnerships whose domain is the same, however it is spelled', async () => {
    const { page } = await duplicates('by_domain')
    expect(page!.rows).toMatchObject([{ key: 'acme.example', count: SAME_DOMAIN.length }])
    const notice = await asReader(() => findDuplicatesOf({ companyUuid: 'by_domain', uuid: 'p2' }))
    expect(notice!.others.map(({ uuid }) => uuid)).toEqual(['p0', 'p1', 'p3', 'p4'])
    for (const uuid of ['p5', 'p8', 'p9', 'p10', 'nobody']) {
      const none = () => findDuplicatesOf({ companyUuid: 'by_domain', uuid })
      expect(await asReader(none)).toBeNull()
    }
  })

  test.each([
    ['by_name', 'acme', 2],
    ['by_field', 'vat 1', 2],
    ['by_label', '7', 2],
  ])('are told %s', async (company, key, count) => {
    const { page } = await duplicates(company)
    expect(page!.rows).toMatchObject([{ key, count, members: [{ uuid: 'p0' }, { uuid: 'p1' }] }])
    const notice = await asReader(() => findDuplicatesOf({ companyUuid: company, uuid: 'p0' }))
    expect(notice).toMatchObject({ others: [{ uuid: 'p1' }], more: false })
  })

  test('can’t be told by a field that is unknown or not comparable, which is said', async () => {
    expect(await duplicates('by_date')).toMatchObject({
      field: { kind: 'incomparable' },
      page: null,
    })
    expect(await duplicates('by_nothing')).toMatchObject({
      field: { kind: 'unknown', setting: 'shoe_size' },
      page: null,
    })
  })

  test('are paged there and back, each group once', async () => {
    const first = (await duplicates('by_many')).page!
    const second = (await duplicates('by_many', { after: first.nextCursor! })).page!
    expect([...first.rows, ...second.rows]).toHaveLength(30)
    expect(new Set([...first.rows, ...second.rows].map(({ key }) => key)).size).toBe(30)
    expect(second.nextCursor).toBeNull()
    const back = (await duplicates('by_many', { before: second.previousCursor! })).page!
    expect(back.rows).toEqual(first.rows)
  })

  test('of one value are all reached, there and back', async () => {
    const [group] = (await duplicates('by_crowd')).page!.rows
    expect(group).toMatchObject({ key: 'crowd', count: 60, members: { length: 10 } })
    const { forwards, backwards, pages } = await walkPages(async (position) => {
      const found = await asReader(() => listDuplicatesOfKey('by_crowd', 'crowd', position))
      expect(found).toMatchObject({ key: 'crowd', count: 60 })
      return found!.page
    })
    expect(new Set(forwards.map(({ uuid }) => uuid)).size).toBe(60)
    expect(backwards).toEqual(forwards)
    expect(pages).toBe(2)
    for (const [company, key] of [
      ['by_crowd', 'nobody'],
      ['by_name', 'other'],
      ['by_date', 'x'],
    ] as const) {
      expect(await asReader(() => listDuplicatesOfKey(company, key, {}))).toBeNull()
    }
    await expect(listDuplicatesOfKey('by_crowd', 'crowd', {})).rejects.toThrow(UnauthenticatedError)
  })

  test('of every company are reached from the first ones, however many there are', async () => {
    const configuration = { value: 'company_name', occurredAt: new Date(), eventSeq: 1n }
    const names = Array.from({ length: 130 }, (_, n) => `more_${String(n).padStart(3, '0')}`)
    await db().integrationSetting.createMany({
      data: names.map((companyUuid) => ({
        ...{ companyUuid, sectionId: 'partner_integration_settings', projectorVersion: 1 },
        ...{ settingId: 'unique_field_partner', ...configuration },
      })),
    })
    const seen: string[] = []
    for (let from: string | null = ''; from !== null;) {
      const { companies } = (await asReader(() => listDuplicates(undefined, {}, from!)))!
      expect(companies.fields.length).toBeLessThanOrEqual(50)
      seen.push(...companies.fields.map(({ companyUuid }) => companyUuid))
      const before = companies.earlier
      if (before !== null) {
        const back = (await asReader(() => listDuplicates(undefined, {}, before)))!.companies
        expect(back.later).toBe(from)
      }
      from = companies.later
    }
    expect(seen.filter((name) => name.startsWith('more_'))).toEqual(names)
    expect(new Set(seen).size).toBe(seen.length)

    const last = (await duplicates('more_129'))!
    expect(last.field.companyUuid).toBe('more_129')
    expect(last.companies.fields.map(({ companyUuid }) => companyUuid)).toEqual(['more_129'])
    expect(last.companies.earlier).not.toBeNull()

    // No company comes after this: the companies begin anew, or where the chosen one is.
    const first = await asReader(() => listDuplicates(undefined, {}))
    expect(await asReader(() => listDuplicates(undefined, {}, 'zzzz'))).toEqual(first)
    expect(await asReader(() => listDuplicates('more_129', {}, 'zzzz'))).toEqual(last)
    await db().integrationSetting.deleteMany({ where: { companyUuid: { startsWith: 'more_' } } })
  })

  test('of another company are refused, and shown to nobody who is not signed in', async () => {
    const reason = 'No event has told how this company tells partners apart.'
    await expect(duplicates('nobody')).rejects.toThrow(new InvalidAddressError(reason))
    const ofKey = asReader(() => listDuplicatesOfKey('nobody', 'x', {}))
    await expect(ofKey).rejects.toThrow(new InvalidAddressError(reason))
    await expect(duplicates('by_many', { after: 'x' })).rejects.toThrow(InvalidAddressError)
    await expect(listDuplicates(undefined, {})).rejects.toThrow(UnauthenticatedError)
    const notice = findDuplicatesOf({ companyUuid: 'by_many', uuid: 'p0' })
    await expect(notice).rejects.toThrow(UnauthenticatedError)
  })
})

async function duplicates(company: string, position: { after?: string; before?: string } = {}) {
  return (await asReader(() => listDuplicates(company, position)))!
}

function fieldOf(type: string, value: object) {
  return { custom_fields: [{ uuid: 'field_vat', label: 'VAT number', type, value }] }
}

function partner(companyUuid: string, uuid: string, fields: object, unique: string): TestEvent {
  const selected = [{ id: 'unique_field_partner', value: unique }]
  return {
    eventType: 'partner_created',
    companyUuid,
    body: {
      partnership: { uuid, ...fields },
      configuration: [{ id: 'partner_integration_settings', selected }],
    },
  }
}
