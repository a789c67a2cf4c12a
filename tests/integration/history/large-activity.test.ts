import { beforeAll, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import { listEventChanges, listPartnershipActivity } from '@/lib/queries/list-partnership-activity'
import { insertEvents } from '../../support/insert-events'
import { partnershipBody } from '../../support/sample-bodies'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const wide = { companyUuid: 'company_1', uuid: 'wide' }
const heavy = { companyUuid: 'company_1', uuid: 'heavy' }
const FIELDS = 250
const BODY = 900 * 1024

let ids: string[] = []

beforeAll(async () => {
  const events = [0, 1, 2].map((n) => ({
    eventType: 'partner_updated',
    tokenIat: new Date(1_000 * (n + 1)),
    body: partnershipBody({
      uuid: wide.uuid,
      custom_fields: Array.from({ length: FIELDS }, (_, field) => ({
        ...{ uuid: `f${field}`, label: `F ${field}`, type: 'number', options: null },
        value: { number: n },
      })),
    }),
  }))
  ids = (await insertEvents(events)).map(({ id }) => id)
  const large = Array.from({ length: 10 }, (_, n) => ({
    eventType: 'partner_updated',
    tokenIat: new Date(1_000 * (n + 1)),
    body: partnershipBody({ uuid: heavy.uuid, company_description: `${n}`.repeat(BODY) }),
  }))
  await insertEvents(large)
  while ((await projectBatch()).claimed > 0);
})

test('a page of the activity shows a few hundred changes at most, and how many more there are', async () => {
  const { rows } = await actingAs(reader, () => listPartnershipActivity(wide, 'profile', {}))
  const told = rows.map(({ content }) =>
    content.kind === 'partnership' ? [content.diff.changes.length, content.diff.more] : null,
  )
  // The first version has the name of the company besides.
  expect(told).toEqual([
    [100, FIELDS - 100],
    [100, FIELDS - 100],
    [5, FIELDS + 1 - 5],
  ])
})

test('all changes of one event are shown page by page', async () => {
  const seen: string[] = []
  for (let from: number | null = 0; from !== null;) {
    const skip: number = from
    const { entry, next } = await actingAs(reader, () => listEventChanges(wide, ids[2]!, skip))
    if (entry.content.kind !== 'partnership') throw new Error('it is an event of a partnership')
    const { changes } = entry.content.diff
    expect(changes.length).toBeLessThanOrEqual(100)
    seen.push(...changes.map(({ subject }) => ('fieldUuid' in subject ? subject.fieldUuid : '')))
    from = next
  }
  expect(seen).toEqual(Array.from({ length: FIELDS }, (_, field) => `f${field}`))
})

test('bodies are read up to a bound, and one event alone is compared whatever its size', async () => {
  const { rows } = await actingAs(reader, () => listPartnershipActivity(heavy, 'profile', {}))
  const kinds = rows.map(({ content }) => content.kind)
  // Four of the ten bodies fit into four megabytes.
  expect(kinds).toEqual([...Array(4).fill('partnership'), ...Array(6).fill('large')])
  const last = rows.at(-2)!
  const { entry } = await actingAs(reader, () => listEventChanges(heavy, last.id, 0))
  expect(entry.content).toMatchObject({
    kind: 'partnership',
    first: false,
    diff: { changes: [{ subject: { column: 'companyDescription' } }] },
  })
})

test.each(['nonsense', '00000000-0000-7000-8000-00000000dead'])(
  'an address that names no event of the partnership is refused: %s',
  async (id) => {
    const asked = actingAs(reader, () => listEventChanges(heavy, id, 0))
    await expect(asked).rejects.toThrow(InvalidAddressError)
  },
)

test('an event of another partnership is refused', async () => {
  const asked = actingAs(reader, () => listEventChanges(heavy, ids[0]!, 0))
  await expect(asked).rejects.toThrow(InvalidAddressError)
})
