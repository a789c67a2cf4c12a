import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { UnauthenticatedError } from '@/lib/errors'
import { projectBatch } from '@/lib/projector/project-batch'
import { fieldDistribution, type DistributionBar } from '@/lib/queries/field-distribution'
import { findCustomField, type CustomField } from '@/lib/queries/find-custom-field'
import { listFieldChanges } from '@/lib/queries/list-field-changes'
import { insertEvents, type TestEvent } from '../../support/insert-events'

vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const asReader = <T>(work: () => Promise<T>) => actingAs(reader, work)
const options = [
  { id: 1, label: 'North' },
  { id: 2, label: 'South' },
  { id: 3, label: 'Nowhere' },
]
const NUMBERS = [1, 2, 2, 3, 7, -4, 1e300, 5e-324, -1e300]
const DAYS = ['2026-01-03', '2026-01-31', '2026-02-01', '2026-11-30', '0001-01-01', '9999-12-31']
const TEXTS = ['Zoë', 'zoe', 'x'.repeat(300), ' ', '__proto__', '%_\\']

beforeAll(async () => {
  const events: TestEvent[] = [
    ...NUMBERS.map((number) => field('number', { number })),
    ...DAYS.map((date) => field('date', { date: `${date}T10:00:00.000Z` })),
    ...TEXTS.map((text) => field('text', { text })),
    ...[true, true, false].map((boolean) => field('boolean', { boolean })),
    ...[[1], [1, 2], ['gone']].map((ids) => field('multi_select', { multi_select: ids })),
    field('number', null),
    // Of an earlier type: it stands in the snapshot of a partnership that has not changed since.
    field('hologram', { hologram: 1 }),
  ]
  await insertEvents(events)
  for (let n = 0; n < 40; n++) {
    // Renamed by the 14th event, of another type from the 31st on.
    const label = n < 13 ? 'Area' : 'Region'
    await insertEvents([definition(n, label, n < 30 ? 'text' : 'textarea')])
  }
  await projectBatch(5_000)
})

describe('the distribution of a field', () => {
  test('counts every number once, in bins whose filter finds what is in them', async () => {
    const { kind, bars, values, others } = await distributionOf('number')
    expect(kind).toBe('histogram')
    expect([values, others]).toEqual([NUMBERS.length, 0])
    for (const bar of bars) expect(matching(bar, NUMBERS)).toBe(bar.count)
  })

  test('counts every date once, in bins of whole days', async () => {
    const { bars, values } = await distributionOf('date')
    expect(values).toBe(DAYS.length)
    for (const bar of bars) {
      const [from, to] = bar.filter?.values ?? ['x', 'x']
      expect(DAYS.filter((day) => day >= from! && day <= to!)).toHaveLength(bar.count)
    }
  })

  test('counts texts that differ in capitals and accents as one, and links none that can’t be asked for', async () => {
    const { bars, values } = await distributionOf('text')
    expect(values).toBe(TEXTS.length)
    const filters = bars.map((bar) => [bar.count, bar.filter?.values ?? null])
    expect(filters).toContainEqual([2, [expect.stringMatching(/^zo[eë]$/i)]])
    expect(filters).toContainEqual([1, ['__proto__']])
    expect(filters.filter(([, text]) => text === null)).toHaveLength(2)
  })

  test('counts both answers, and every option, chosen or not, known or not', async () => {
    expect((await distributionOf('boolean')).bars).toMatchObject([
      { boolean: true, count: 2, filter: { operator: 'is', values: ['true'] } },
      { boolean: false, count: 1, filter: { operator: 'is', values: ['false'] } },
    ])
    const chosen = await distributionOf('multi_select')
    expect(chosen.values).toBe(3)
    expect(chosen.bars).toMatchObject([
      { option: '1', label: 'North', count: 2, filter: { operator: 'any', values: ['1'] } },
      { option: '2', label: 'South', count: 1 },
      { option: 'gone', label: null, count: 1 },
      { option: '3', label: 'Nowhere', count: 0, filter: null },
    ])
  })

  test('knows nothing of a type that nobody knows, and nothing to nobody', async () => {
    const unknown = await fieldOf('hologram')
    expect(await asReader(() => fieldDistribution(unknown, 'partnership'))).toBeNull()
    await expect(fieldDistribution(unknown, 'partnership')).rejects.toThrow(UnauthenticatedError)
    await expect(listFieldChanges(unknown)).rejects.toThrow(UnauthenticatedError)
  })
})

test('a field’s changes of label and type are found in the log, with the event that told them', async () => {
  const renamed = await fieldOf('renamed')
  const { changes, everywhere } = await asReader(() => listFieldChanges(renamed))
  expect(everywhere).toBe(true)
  expect(changes).toMatchObject([
    {
      at: new Date(30_000),
      before: { label: 'Region', type: 'text' },
      after: { label: 'Region', type: 'textarea' },
    },
    {
      at: new Date(13_000),
      before: { label: 'Area', type: 'text' },
      after: { label: 'Region', type: 'text' },
    },
  ])
})

test('in a long log the place of a change is searched by halves', async () => {
  const filler = Array.from({ length: 700 }, (_, n) => definition(40 + n, 'Region', 'textarea'))
  await insertEvents([...filler, ...filler.map((event) => ({ ...event, ...renamedAt(740) }))])
  await projectBatch(5_000)
  const renamed = await fieldOf('renamed')
  const { changes, everywhere } = await asReader(() => listFieldChanges(renamed))
  expect(everywhere).toBe(false)
  expect(changes[0]).toMatchObject({ at: new Date(740_000), after: { label: 'Zone' } })
  expect(changes.slice(1).map(({ at }) => at)).toEqual([new Date(30_000), new Date(13_000)])
})

function renamedAt(second: number): TestEvent {
  return definition(second, 'Zone', 'textarea')
}

async function fieldOf(uuid: string): Promise<CustomField> {
  const found = await asReader(() => findCustomField(uuid, 'company_1'))
  if (found.kind !== 'found') throw new Error(`there is no field ${uuid}`)
  return found.record
}

async function distributionOf(type: string) {
  const found = await fieldOf(type)
  return (await asReader(() => fieldDistribution(found, 'partnership')))!
}

function matching({ filter }: DistributionBar, numbers: number[]): number {
  if (!filter) return 0
  const [from, to] = filter.values.map(Number)
  return numbers.filter((number) => number >= from! && number <= to!).length
}

let partnerships = 0

// Each of a partnership of its own; the field is called like its type.
function field(type: string, value: unknown): TestEvent {
  const uuid = `p${partnerships++}`
  return {
    eventType: 'partner_updated',
    tokenIat: new Date(1_000),
    body: {
      partnership: { uuid, custom_fields: [{ uuid: type, label: type, type, value, options }] },
    },
  }
}

function definition(second: number, label: string, type: string): TestEvent {
  return {
    eventType: 'partner_updated',
    tokenIat: new Date(second * 1_000),
    body: {
      partnership: {
        uuid: 'p_renamed',
        custom_fields: [{ uuid: 'renamed', label, type, value: { text: 'x' } }],
      },
    },
  }
}
