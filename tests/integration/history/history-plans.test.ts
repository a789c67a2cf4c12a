import { beforeAll, describe, expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import { historyPage } from '@/lib/queries/history-page'
import { versionCursor } from '@/lib/queries/version-cursor'

const EVENTS = 10_000
const LIMIT = 21
const START = Date.parse('2026-01-01T00:00:00.000Z')
const key = { companyUuid: 'company_a', uuid: 'partnership_1' }

// Of a hundred events one is a version of the partnership, one a duplicate, the rest are messages.
beforeAll(async () => {
  await db().$executeRaw`
    INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, partnership_uuid, body, claims,
      token_hash, body_hash, token_iat, secret_fingerprint, body_size, received_at, status)
    SELECT gen_random_uuid(), CASE WHEN n % 100 = 0 THEN 'partner_updated' ELSE 'message_created' END,
      ${key.companyUuid}, 'user_1', ${key.uuid}, '{}', '{}', '\\x00', '\\x00', sent.at, 'test', 2, sent.at,
      (CASE WHEN n % 100 = 1 THEN 'duplicate' ELSE 'applied' END)::event_status
    FROM generate_series(1, ${EVENTS}) n
    CROSS JOIN LATERAL (
      SELECT ${new Date(START)}::timestamptz + n * interval '1 second' AS at) sent`
  await db().$executeRaw`VACUUM ANALYZE webhook_event`
})

const middle = encodeCursor(
  versionCursor({ at: new Date(START + (EVENTS / 2) * 1_000), seq: 5_000n }),
)
const end = encodeCursor(versionCursor({ at: new Date(START + 300_000), seq: 300n }))

describe('a page of a history of ten thousand events', () => {
  test.each([
    ['everything', {}],
    ['everything', { after: middle }],
    ['everything', { before: middle }],
    ['everything', { after: end }],
    ['profile', {}],
    ['profile', { after: middle }],
    ['profile', { before: middle }],
  ] as const)(
    'with %s, at %o, reads no more of each index than it shows',
    async (scope, position) => {
      const scans = await scansOfPage(scope, position)
      expect(scans.length).toBeGreaterThan(0)
      for (const scan of scans) {
        expect(scan['Node Type']).toMatch(/^Index/)
        expect(scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(
          LIMIT,
        )
      }
    },
  )
})

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

async function scansOfPage(scope: 'everything' | 'profile', position: PagePosition) {
  const query = historyPage(key, scope, position, LIMIT)
  const [explained] = await db().$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`,
  )
  return scansOf(explained!['QUERY PLAN'][0].Plan)
}

function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return plan['Node Type'].includes('Scan') && below.length === 0 ? [plan] : below
}
