import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { Prisma } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import { findCustomField } from '@/lib/queries/find-custom-field'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { listFieldValues, type FieldOwner } from '@/lib/queries/list-field-values'
import { insertCustomFields, insertFieldValues } from '@/tests/support/custom-field-rows'
import { COMPANY, insertContacts, insertPartnerships, TIME } from '@/tests/support/read-model-rows'
import { walkPages } from '@/tests/support/walk-pages'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

const list = (q?: string, position: PagePosition = {}, pageSize?: number) =>
  actingAs(user, () => listCustomFields({ ...(q && { q }), filters: [] }, position, pageSize)).then(
    ({ page }) => page,
  )
const find = (uuid: string, company?: string) =>
  actingAs(user, () => findCustomField(uuid, company))
const values = (
  uuid: string,
  owner: FieldOwner = 'partnership',
  position: PagePosition = {},
  pageSize?: number,
) =>
  actingAs(user, () => listFieldValues({ companyUuid: COMPANY, uuid }, owner, position, pageSize))

const REGIONS = [
  { id: '1', label: 'EMEA' },
  { id: '2', label: null },
  { id: '3', label: '' },
  { id: '4', label: 'APAC' },
  { id: '5', label: 'LATAM' },
]

// What is sent, and whether somebody would call it filled.
const SENT: [string, boolean, Partial<Prisma.CustomFieldValueCreateManyInput>][] = [
  ['null', false, { raw: Prisma.JsonNull }],
  ['no value at all', false, { raw: Prisma.DbNull }],
  ['a null text', false, { raw: { text: null } }],
  ['an empty text', false, { textValue: '', raw: { text: '' } }],
  ['no options', false, { type: 'multi_select', raw: { multi_select: [] } }],
  ['an empty object', false, { raw: {} }],
  ['an empty string', false, { raw: '' }],
  ['a text', true, { textValue: 'x', raw: { text: 'x' } }],
  ['zero', true, { type: 'number', numberValue: 0, raw: { number: 0 } }],
  ['false', true, { type: 'boolean', booleanValue: false, raw: { boolean: false } }],
  ['a date', true, { type: 'date', dateValue: TIME, raw: { date: TIME.toISOString() } }],
  ['an option', true, { type: 'select', optionIds: ['1'], optionLabels: ['EMEA'] }],
  ['an object of an unknown type', true, { type: 'geo', raw: { geo: { lat: 1 } } }],
  ['a list of an unknown type', true, { type: 'tags', raw: { tags: ['a'] } }],
  ['a value that does not fit', true, { type: 'number', raw: { number: 'many' } }],
  ['a bare number', true, { raw: 7 }],
]

beforeAll(async () => {
  await insertCustomFields([
    { uuid: 'field_region', label: 'Région', type: 'multi_select', options: REGIONS },
    { uuid: 'field_tier', label: 'Tier', type: 'select', options: [{ id: '1', label: 'Gold' }] },
    { uuid: 'field_none', label: null },
    { uuid: 'field_region', companyUuid: 'company_b', label: 'Region of B' },
    { uuid: 'field_odd', label: 'Odd', options: { not: 'a list' } },
  ])
  await insertPartnerships([
    { uuid: 'p1', companyName: 'Acme' },
    { uuid: 'p2', companyName: '', companyDomain: 'bolt.example' },
  ])
  await insertContacts([{ uuid: 'c1', firstName: 'Ada', lastName: 'Byron' }])
  const region = { fieldUuid: 'field_region', type: 'multi_select' }
  await insertFieldValues([
    { ...region, ownerUuid: 'p1', optionIds: ['1', '4'], optionLabels: ['EMEA', 'APAC'] },
    { ...region, ownerUuid: 'p2', raw: { multi_select: [] } },
    { ...region, ownerUuid: 'p3', optionIds: ['1'], optionLabels: ['EMEA'] },
    { ...region, ownerUuid: 'c1', ownerType: 'contact', optionIds: ['5'], optionLabels: ['LATAM'] },
    { ...region, ownerUuid: 'pB', companyUuid: 'company_b', optionIds: ['9'], optionLabels: ['9'] },
    ...SENT.map(([, , value], index) => ({
      fieldUuid: 'field_odd',
      ownerUuid: `odd_${String(index).padStart(2, '0')}`,
      ...value,
    })),
  ])
})

describe('the list of custom fields', () => {
  test('is sorted by label, and tells where each is filled', async () => {
    const { rows } = await list()
    expect(rows.map((row) => row.label ?? row.uuid)).toEqual([
      'field_none',
      'Odd',
      'Region of B',
      'Région',
      'Tier',
    ])
    expect(rows[3]).toMatchObject({
      companyUuid: COMPANY,
      uuid: 'field_region',
      label: 'Région',
      type: 'multi_select',
      optionCount: 5,
      firstOptions: ['EMEA', '2', '3', 'APAC'],
      partnerships: 2,
      contacts: 1,
      changedAt: TIME,
    })
    expect(rows[2]?.partnerships).toEqual(1)
    expect(rows[4]?.contacts).toEqual(0)
  })

  test('counts as filled what somebody would call filled', async () => {
    const odd = (await list('odd')).rows[0]
    expect(odd?.partnerships).toBe(SENT.filter(([, filled]) => filled).length)
    expect(odd?.optionCount).toBe(0)
  })

  test('is searched by a part of the label, without accents and case', async () => {
    expect((await list('REGION')).rows.map((row) => row.companyUuid)).toEqual([
      'company_b',
      COMPANY,
    ])
    expect((await list('nothing like it')).rows).toEqual([])
    expect((await list('%')).rows).toEqual([])
  })

  test('pages forwards and backwards over the same rows', async () => {
    const walked = await walkPages((position) => list(undefined, position, 2))
    expect(walked.pages).toBe(3)
    expect(walked.forwards).toEqual((await list()).rows)
    expect(walked.backwards).toEqual(walked.forwards)
  })

  test('refuses a cursor of another list', async () => {
    await expect(list(undefined, { after: encodeCursor(['x']) })).rejects.toThrow(
      InvalidAddressError,
    )
    await expect(list(undefined, { after: encodeCursor([1, 'a', 'b']) })).rejects.toThrow(
      InvalidAddressError,
    )
  })
})

describe('a custom field', () => {
  test('is found in its company, with its options', async () => {
    expect(await find('field_region', COMPANY)).toEqual({
      kind: 'found',
      record: {
        companyUuid: COMPANY,
        uuid: 'field_region',
        label: 'Région',
        type: 'multi_select',
        options: REGIONS,
        optionCount: 5,
        partnerships: 2,
        contacts: 1,
        firstEventAt: TIME,
        changedAt: TIME,
      },
    })
  })

  test('is found by its uuid alone where only one company has it', async () => {
    expect(await find('field_tier')).toMatchObject({ kind: 'found', record: { label: 'Tier' } })
  })

  test('is a choice where two companies have it', async () => {
    expect(await find('field_region')).toEqual({
      kind: 'choice',
      options: [
        { companyUuid: COMPANY, uuid: 'field_region', name: 'Région' },
        { companyUuid: 'company_b', uuid: 'field_region', name: 'Region of B' },
      ],
    })
  })

  test('is unknown where nobody sent it', async () => {
    expect(await find('field_nowhere')).toEqual({ kind: 'unknown' })
    expect(await find('field_tier', 'company_b')).toEqual({ kind: 'unknown' })
  })
})

describe('where a custom field is filled', () => {
  test('is told with the name of the owner, also before the owner has come', async () => {
    const { rows } = await values('field_region')
    expect(
      rows.map(({ ownerUuid, ownerName, optionLabels }) => [ownerUuid, ownerName, optionLabels]),
    ).toEqual([
      ['p1', 'Acme', ['EMEA', 'APAC']],
      ['p3', null, ['EMEA']],
    ])
    expect(rows[1]?.changedAt).toBeNull()
  })

  test('is told apart for contacts', async () => {
    const { rows } = await values('field_region', 'contact')
    expect(rows.map((row) => row.ownerName)).toEqual(['Ada Byron'])
  })

  test('leaves out what is empty, however it was sent', async () => {
    const { rows } = await values('field_odd')
    const shown = rows.map((row) => SENT[Number(row.ownerUuid.slice(4))]?.[0])
    expect(shown).toEqual(SENT.filter(([, filled]) => filled).map(([name]) => name))
  })

  test('keeps JSON only of what has no typed value', async () => {
    const { rows } = await values('field_odd')
    const raw = (name: string) =>
      rows.find((row) => SENT[Number(row.ownerUuid.slice(4))]?.[0] === name)?.raw
    expect(raw('a text')).toBeNull()
    expect(raw('a value that does not fit')).toBe('{"number": "many"}')
  })

  test('pages forwards and backwards over the same rows', async () => {
    const walked = await walkPages((position) => values('field_odd', 'partnership', position, 4))
    expect(walked.pages).toBe(3)
    expect(walked.forwards).toEqual((await values('field_odd')).rows)
    expect(walked.backwards).toEqual(walked.forwards)
  })

  test('refuses a cursor of another list', async () => {
    await expect(values('field_odd', 'partnership', { after: encodeCursor([1]) })).rejects.toThrow(
      InvalidAddressError,
    )
    await expect(
      values('field_odd', 'partnership', { after: encodeCursor(['a\u0000']) }),
    ).rejects.toThrow(InvalidAddressError)
  })
})

test('nothing is read without a signed-in user', async () => {
  const key = { companyUuid: COMPANY, uuid: 'field_tier' }
  await expect(listCustomFields({ filters: [] }, {})).rejects.toThrow(UnauthenticatedError)
  await expect(findCustomField('field_tier')).rejects.toThrow(UnauthenticatedError)
  await expect(listFieldValues(key, 'contact', {})).rejects.toThrow(UnauthenticatedError)
})
