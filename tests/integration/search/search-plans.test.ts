import { beforeAll, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { indexedMessagesQuery } from '@/lib/queries/find-messages'
import { messageCondition } from '@/lib/queries/message-condition'
import { parseMessageQuery } from '@/lib/queries/message-query'
import { searchMessages } from '@/lib/queries/search-messages'
import { TIME } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const ROWS = 40_000
const RARE = 60

// Every message says "hello"; the oldest 60 say "zebra" too.
beforeAll(async () => {
  await db().$executeRaw`
    INSERT INTO message (company_uuid, uuid, room_uuid, content, created_at, updated_at, edited,
      search_vector, first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'm' || n, 'r' || n % 100, text,
      ${TIME}::timestamptz + n * interval '1 second', ${TIME}, false,
      to_tsvector('simple', text), ${TIME}, ${TIME}, n, 1
    FROM (
      SELECT n, 'hello number ' || n || CASE WHEN n <= ${RARE} THEN ' zebra' ELSE '' END AS text
      FROM generate_series(1, ${ROWS}) n) m`
  await db().$executeRaw`VACUUM ANALYZE message`
})

type Plan = {
  'Node Type': string
  'Index Name'?: string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

async function nodesOf(query: Prisma.Sql): Promise<Plan[]> {
  const [explained] = await db().$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>`
    EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`
  return flat(explained!['QUERY PLAN'][0].Plan)
}

function flat(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(flat)]
}

test.each(['zebra', 'zeb', 'hello zebra', '"number 7" -horse', 'zebra after:2020-01-01'])(
  'a rare search, %s, is answered by the full-text index',
  async (q) => {
    const condition = (await messageCondition(db(), parseMessageQuery(q)))!
    const nodes = await nodesOf(indexedMessagesQuery(condition, condition.text!, 1_001))
    expect(nodes.map((node) => node['Index Name'])).toContain('message_search_idx')
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan')
    for (const node of nodes) expect(node['Actual Rows']).toBeLessThanOrEqual(RARE)
  },
)

test('a search finds what stands in all messages and what stands only in the oldest', async () => {
  const search = (q: string) => actingAs(reader, () => searchMessages(q, 'newest', {}))
  const common = await search('hello')
  expect(common).toMatchObject({ count: 1_000, exact: false })
  expect(common.page.rows[0]?.uuid).toBe(`m${ROWS}`)
  const rare = await search('zebra')
  expect(rare).toMatchObject({ count: RARE, exact: true })
  expect(rare.page.rows[0]?.uuid).toBe(`m${RARE}`)
})
