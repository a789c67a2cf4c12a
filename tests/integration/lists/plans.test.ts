import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma, type Transaction } from '@/lib/db'
import { fieldColumn } from '@/lib/list-view/field-column'
import { readListView } from '@/lib/list-view/read-list-view'
import type { PagePosition } from '@/lib/pagination'
import { PARTNERSHIPS, listPartnerships } from '@/lib/queries/list-partnerships'
import { findKeys } from '@/lib/queries/lists/find-keys'
import { planList } from '@/lib/queries/lists/plan-list'
import { readOnly } from '@/lib/queries/lists/read-only'
import { FILL_PARTNERSHIP_TOTALS } from '../../support/fill-partnership-totals'
import { TIME } from '../../support/read-model-rows'
import { reader } from '../../support/filterable-rows'

const ROWS = 20_000
const LIMIT = 51
const NUMBER = fieldColumn('company_a', 'number')

// Names with "zebra" are rare and stand at the end of the list by name; one in a hundred has a tier; every
// second one has a number.
beforeAll(async () => {
  await db().$executeRaw`
    INSERT INTO partnership (company_uuid, uuid, company_name, tier_label, sort_key, search_text,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'p' || n, name, CASE WHEN n % 100 = 0 THEN 'Gold' END, name, name,
      ${TIME}, ${TIME}, n, 1
    FROM (SELECT n, CASE WHEN n > ${ROWS - 60} THEN 'zebra ' ELSE 'acme ' END || lpad(n::text, 6, '0')
      AS name FROM generate_series(1, ${ROWS}) n) named`
  await db().$executeRaw`
    INSERT INTO custom_field (company_uuid, uuid, label, type, sort_key, search_text,
      first_event_at, occurred_at, event_seq, projector_version)
    VALUES ('company_a', 'number', 'Number', 'number', 'number', 'number', ${TIME}, ${TIME}, 1, 1)`
  await db().$executeRaw`
    INSERT INTO custom_field_value (company_uuid, owner_type, owner_uuid, field_uuid, position, type,
      number_value, option_ids, option_labels)
    SELECT 'company_a', 'partnership', 'p' || n, 'number', 0, 'number',
      CASE WHEN n % 2 = 0 THEN n END, '{}', '{}' FROM generate_series(1, ${ROWS}) n`
  await db().$executeRawUnsafe(FILL_PARTNERSHIP_TOTALS)
  await db()
    .$executeRaw`VACUUM ANALYZE partnership, partnership_total, custom_field, custom_field_value`
})

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** Every plan that reading a page takes. */
async function plansOf(address: string, position: PagePosition): Promise<Plan[]> {
  const plans: Plan[] = []
  await readOnly(async (tx) => {
    const { literal } = await planList(tx, PARTNERSHIPS.definition, viewAt(address))
    const explain = async (strings: TemplateStringsArray | Prisma.Sql, ...values: Prisma.Sql[]) => {
      const sql = 'sql' in strings ? strings : Prisma.sql(strings, ...values)
      if (/^\s*EXPLAIN/.test(sql.sql)) return tx.$queryRaw(sql)
      const [explained] = await tx.$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>`
        EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`
      plans.push(explained!['QUERY PLAN'][0].Plan)
      return tx.$queryRaw(sql)
    }
    // All that it is asked for is to run queries.
    const watched = { $queryRaw: explain } as unknown as Transaction
    await findKeys(watched, literal, position, LIMIT)
  })
  return plans
}

const viewAt = (address: string) => readListView(new URLSearchParams(address))

function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return plan['Node Type'].includes('Scan') && below.length === 0 ? [plan] : below
}

const rowsRead = (scan: Plan) =>
  scan['Actual Loops'] * (scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0))

async function lastPage(address: string): Promise<PagePosition> {
  const view = viewAt(address)
  const turned = { ...view.sort!, descending: !view.sort!.descending }
  const end = await actingAs(reader, () => listPartnerships({ ...view, sort: turned }, {}))
  expect(end.page.nextCursor).not.toBeNull()
  return { after: end.page.nextCursor ?? '' }
}

describe.each(['name', 'tier', 'contacts', 'lastMessage', 'partnerType', 'changed', NUMBER])(
  'a list by %s',
  (column) => {
    test.each([`sort=${column}`, `sort=-${column}`])(
      'reads no more than a page: %s',
      async (sort) => {
        for (const position of [{}, await lastPage(sort)]) {
          const scans = (await plansOf(sort, position)).flatMap(scansOf)
          expect(scans.length).toBeGreaterThan(0)
          for (const scan of scans) {
            expect(scan['Node Type']).toMatch(/Index/)
            // Two runs, and of the second as many rows without the value as it takes to fill the page.
            expect(rowsRead(scan)).toBeLessThanOrEqual(4 * LIMIT)
          }
        }
      },
    )
  },
)

test.each([
  'q=zebra',
  'q=ze',
  'filter=tier~any~Gold',
  'filter=tier~none~Gold',
  'filter=tier~empty',
  'filter=name~contains~zebra',
  'filter=hasContacts~is~true',
  'filter=contacts~between~1~',
  'filter=firstSeen~between~2020-01-01~2020-12-31',
  `filter=${encodeURIComponent(`${NUMBER}~between~100~200`)}`,
  `filter=${encodeURIComponent(`${NUMBER}~empty`)}`,
])('no table is read from its beginning for %s', async (address) => {
  const scans = (await plansOf(address, {})).flatMap(scansOf)
  expect(scans.map((scan) => scan['Node Type'])).not.toContain('Seq Scan')
})

test.each(['q=zebra', 'filter=name~contains~zebra', 'filter=tier~any~Gold'])(
  'what is rare is found without looking at the rest: %s',
  async (address) => {
    const scans = (await plansOf(address, {})).flatMap(scansOf)
    for (const scan of scans) expect(rowsRead(scan)).toBeLessThanOrEqual(200)
  },
)
