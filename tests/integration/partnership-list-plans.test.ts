import { beforeAll, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { encodeCursor } from '@/lib/pagination'
import { keysPage } from '@/lib/queries/keys-page'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { TIME } from '../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const ROWS = 20_000
const LIMIT = 51

// All of one moment, as an import leaves them; the last 300 names are rare and stand at the end.
beforeAll(async () => {
  await db().$executeRaw`
    INSERT INTO partnership (company_uuid, uuid, company_name, sort_key, search_text,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'p' || n, name, name, name, ${TIME}, ${TIME}, n, 1
    FROM (
      SELECT n, CASE WHEN n > ${ROWS - 300} THEN 'zebra ' ELSE 'acme ' END || lpad(n::text, 6, '0')
        AS name
      FROM generate_series(1, ${ROWS}) n) named`
  await db().$executeRaw`ANALYZE partnership`
})

const byName = encodeCursor(['acme 010000', 'company_a', 'p10000'])
const byTime = encodeCursor([TIME.getTime(), 'company_a', 'p10000'])

test.each([
  ['name', {}],
  ['name', { after: byName }],
  ['name', { before: byName }],
  ['-name', { after: byName }],
  ['-name', { before: byName }],
  ['-changed', {}],
  ['-changed', { after: byTime }],
  ['-changed', { before: byTime }],
  ['changed', { after: byTime }],
  ['changed', { before: byTime }],
] as const)('reads no more rows than a page has, sorted by %s at %o', async (sort, position) => {
  const query = keysPage({
    from: Prisma.sql`partnership`,
    condition: Prisma.sql`TRUE`,
    sort,
    position,
    limit: LIMIT,
  })
  const [explained] = await db().$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>`
    EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`
  const scans = scansOf(explained!['QUERY PLAN'][0].Plan)
  expect(scans.length).toBeGreaterThan(0)
  for (const scan of scans) {
    expect(scan['Node Type']).toMatch(/^Index/)
    expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(LIMIT)
  }
})

test('finds matches that all stand at the end of the list, and matches that stand everywhere', async () => {
  const find = (q: string) => actingAs(reader, () => listPartnerships({ q, sort: 'name' }, {}))
  const rare = await find('zebra')
  expect(rare.matches).toEqual({ count: 300, exact: true })
  expect(rare.page.rows[0]?.name).toBe(`zebra 0${ROWS - 299}`)
  expect(rare.page.nextCursor).not.toBeNull()

  const common = await find('acme')
  expect(common.matches).toEqual({ count: 10_000, exact: false })
  expect(common.page.rows[0]?.name).toBe('acme 000001')
  expect(common.page.rows).toHaveLength(50)
})

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return plan['Node Type'].includes('Scan') && below.length === 0 ? [plan] : below
}
