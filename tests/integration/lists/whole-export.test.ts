import { beforeAll, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import type { Cell } from '@/lib/export/cell'
import { fieldColumn } from '@/lib/list-view/field-column'
import type { ListName } from '@/lib/list-view/list-view'
import { exportList } from '@/lib/queries/export-list'
import { walkList } from '@/lib/queries/walk-list'
import { insertCustomFields, insertFieldValues } from '../../support/custom-field-rows'
import { COMPANY, insertContacts, insertPartnerships } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const LONG = '=long 🐝'.repeat(1_000)
const LARGE = 'x'.repeat(700_000)
const MANY = 6_000
const BATCH_BYTES = 2 * 1024 * 1024
const COLUMN = fieldColumn(COMPANY, 'field_choice')

beforeAll(async () => {
  const uuids = Array.from({ length: 12 }, (_, n) => `p${n}`)
  await insertPartnerships([
    ...uuids.map((uuid) => ({ uuid, companyName: uuid, companyEmail: LARGE })),
    ...Array.from({ length: MANY }, (_, n) => ({ uuid: `small_${n}`, companyName: 'small' })),
  ])
  await insertContacts([{ uuid: 'c1', tags: [{ label: LONG }, { label: 'VIP' }] }])
  await insertCustomFields([
    {
      ...{ uuid: 'field_choice', label: 'Choice', type: 'multi_select' },
      options: Array.from({ length: 40 }, (_, n) => ({ id: String(n), label: `${n}${LONG}` })),
    },
    { uuid: 'field_text', label: 'Note' },
    { uuid: 'field_old', label: `Other ${LONG} before` },
    { uuid: 'field_new', label: `Other ${LONG} now` },
  ])
  await insertFieldValues([
    ...uuids.map((ownerUuid) => ({ fieldUuid: 'field_text', ownerUuid, textValue: LARGE })),
    { fieldUuid: 'field_old', ownerUuid: 'p0', textValue: 'old' },
    { fieldUuid: 'field_new', ownerUuid: 'p0', textValue: 'new' },
    ...Array.from({ length: MANY }, (_, n) => ({
      ...{ fieldUuid: 'field_choice', type: 'multi_select', ownerUuid: `small_${n}` },
      ...{ optionIds: ['1'], optionLabels: n === 0 ? [LONG] : ['1'] },
    })),
  ])
})

test('an export holds whole labels, all of them, and the numbers that there are', async () => {
  const [contact] = await cells('contacts', ['tags'])
  expect(contact).toEqual([[LONG, 'VIP']])
  const choice = await cells('partnerships', [COLUMN])
  expect(choice.flat()).toContainEqual([LONG])
  const [field] = await cells('custom-fields', ['options', 'partnerships', 'contacts'])
  const labels = Array.from({ length: 40 }, (_, n) => `${n}${LONG}`)
  expect(field).toEqual([labels, MANY, 0])
})

test('fields whose labels only differ late keep their whole labels, in their columns and before them', async () => {
  const keys = ['field_new', 'field_old'].map((uuid) => fieldColumn(COMPANY, uuid))
  const source = await actingAs(reader, () => exported('partnerships', keys))
  await source.close()
  expect(source.columns.map(({ key, label }) => [key, label])).toEqual([
    [keys[0], `Other ${LONG} now`],
    [keys[1], `Other ${LONG} before`],
  ])
  const rows = await cells('partnerships', keys)
  expect(rows.filter(([now]) => now !== null)).toEqual([['new', 'old']])
})

test('no batch of rows is larger than it may be, custom fields included', async () => {
  const view = { filters: [], columns: [{ key: fieldColumn(COMPANY, 'field_text') }] }
  let read = 0
  let large = 0
  await actingAs(reader, async () => {
    for await (const { rows } of walkList('partnerships', view)) {
      read += rows.length
      const bytes = Buffer.byteLength(JSON.stringify(rows))
      if (bytes > BATCH_BYTES / 2) large++
      if (rows.length > 1) expect(bytes).toBeLessThanOrEqual(BATCH_BYTES * 1.1)
    }
  })
  expect(read).toBe(12 + MANY)
  // Each of the twelve has 1.4 MB: none of them shares a batch with another.
  expect(large).toBe(12)
})

function exported(list: ListName, keys: string[]) {
  const view = { filters: [], columns: keys.map((key) => ({ key })) }
  return exportList(list, view, (all) => keys.flatMap((key) => all.filter((c) => c.key === key)))
}

async function cells(list: ListName, keys: string[]): Promise<Cell[][]> {
  return actingAs(reader, async () => {
    const source = await exported(list, keys)
    const rows: Cell[][] = []
    for await (const batch of source.batches) rows.push(...batch)
    expect(rows).toHaveLength(source.count)
    return rows
  })
}
