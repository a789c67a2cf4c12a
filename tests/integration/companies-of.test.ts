import { beforeAll, expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { companiesMentioning } from '@/lib/queries/companies-of'
import { TIME } from '../support/read-model-rows'

const ROWS = 10_000

beforeAll(async () => {
  await db().$executeRaw`
    INSERT INTO room (company_uuid, uuid, partnership_uuid, first_event_at, occurred_at, event_seq,
      projector_version)
    SELECT 'company_' || n % 3, 'r' || n,
      CASE WHEN n <= 2 THEN 'shared' WHEN n % 7 > 0 THEN 'p' || n END, ${TIME}, ${TIME}, n, 1
    FROM generate_series(1, ${ROWS}) n`
  await db().$executeRaw`VACUUM ANALYZE room`
})

const rooms = { table: Prisma.sql`room`, subject: Prisma.sql`partnership_uuid` }

test('the companies that mention a subject are found, each once', async () => {
  const found = (uuid: string) =>
    db().$queryRaw`SELECT * FROM (${companiesMentioning(rooms, uuid)}) found ORDER BY 1`
  expect(await found('shared')).toEqual([
    { company_uuid: 'company_1' },
    { company_uuid: 'company_2' },
  ])
  expect(await found('p3')).toEqual([{ company_uuid: 'company_0' }])
  expect(await found('nothing')).toEqual([])
})

test('looking for them reads the rows of a few steps, on every version of Postgres', async () => {
  const plan = await db().$queryRaw<{ 'QUERY PLAN': string }[]>`
    EXPLAIN (ANALYZE, TIMING OFF) ${companiesMentioning(rooms, 'nothing')}`
  const lines = plan.map((row) => row['QUERY PLAN'])
  expect(lines.filter((line) => line.includes('Seq Scan'))).toEqual([])
  const conditions = lines.filter((line) => line.includes('Index Cond'))
  expect(conditions.length).toBeGreaterThan(1)
  // Never by the second column alone, which only a skip scan does well.
  for (const condition of conditions) expect(condition).toMatch(/company_uuid|IS NOT NULL/)
})
