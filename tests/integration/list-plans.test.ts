import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { encodeCursor, type Page, type PagePosition } from '@/lib/pagination'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { listRooms } from '@/lib/queries/list-rooms'
import { roomKeys } from '@/lib/queries/room-keys'
import { searchCondition } from '@/lib/queries/search-condition'
import { TIME } from '../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const ROWS = 20_000
const RARE = 60
const LIMIT = 51

// The last 60 names are rare and stand at the end of every list. Partnerships are all of one moment, as
// an import leaves them; the rest grows older.
beforeAll(async () => {
  const named = Prisma.sql`(
    SELECT n, CASE WHEN n > ${ROWS - RARE} THEN 'zebra ' ELSE 'acme ' END || lpad(n::text, 6, '0')
      AS name
    FROM generate_series(1, ${ROWS}) n) named`
  await db().$executeRaw`
    INSERT INTO partnership (company_uuid, uuid, company_name, sort_key, search_text,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'p' || n, name, name, name, ${TIME}, ${TIME}, n, 1 FROM ${named}`
  await db().$executeRaw`
    INSERT INTO custom_field (company_uuid, uuid, label, type, sort_key, search_text,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'f' || n, name, 'text', name, name, ${TIME}, ${TIME}, n, 1 FROM ${named}`
  await db().$executeRaw`
    INSERT INTO room (company_uuid, uuid, partnership_uuid, sort_at,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'r' || n, 'p' || n, ${TIME}::timestamptz - n * interval '1 second',
      ${TIME}, ${TIME}, n, 1 FROM ${named}`
  await db().$executeRaw`
    INSERT INTO message (company_uuid, uuid, room_uuid, created_at, updated_at, edited,
      first_event_at, occurred_at, event_seq, projector_version)
    SELECT 'company_a', 'm' || n, 'r' || n, ${TIME}, ${TIME}, false, ${TIME}, ${TIME}, n, 1
    FROM ${named}`
  await db().$executeRaw`
    INSERT INTO attachment (company_uuid, message_uuid, uuid, position, file_name, created_at,
      sort_key, search_text)
    SELECT 'company_a', 'm' || n, 'a' || n, 0, name,
      ${TIME}::timestamptz - n * interval '1 second', name, name FROM ${named}`
  // Without what waits to be sorted into the search indexes, which weighs on small tables.
  await db().$executeRaw`VACUUM ANALYZE partnership, custom_field, room, message, attachment`
})

const halfway = TIME.getTime() - (ROWS / 2) * 1_000
const room = encodeCursor([halfway, 'company_a', 'r10000'])

describe('a page of rooms', () => {
  test.each([{}, { after: room }, { before: room }])(
    'at %o is read from an index',
    async (position) => {
      const scans = await scansOfPage({ position, filter: null })
      expect(scans.length).toBeGreaterThan(0)
      for (const scan of scans) {
        expect(scan['Node Type']).toMatch(/^Index/)
        expect(rowsRead(scan)).toBeLessThanOrEqual(LIMIT)
      }
    },
  )
})

describe('a search whose matches all stand at the end of the list', () => {
  const ofName = (q: string) => searchCondition(q)!
  const ofPartner = (q: string) => Prisma.sql`(company_uuid, partnership_uuid) IN (
    SELECT p.company_uuid, p.uuid FROM partnership p WHERE ${ofName(q)})`

  test.each(['zebra', 'ze'])('reads little more than the matches of %s', async (q) => {
    const scans = await scansOfPage({ position: {}, filter: ofPartner(q) })
    expect(scans.map((scan) => scan['Node Type'])).not.toContain('Seq Scan')
    for (const scan of scans) expect(rowsRead(scan)).toBeLessThanOrEqual(RARE)
  })

  test('finds them, and matches that stand everywhere', async () => {
    const find = (q: string) => actingAs(reader, () => listPartnerships({ q, filters: [] }, {}))
    const rare = await find('zebra')
    expect(rare.matches).toEqual({ count: RARE, exact: true })
    expect(rare.page.rows[0]?.name).toBe(`zebra 0${ROWS - RARE + 1}`)
    expect(rare.page.nextCursor).not.toBeNull()

    const common = await find('acme')
    expect(common.matches).toEqual({ count: 10_000, exact: false })
    expect(common.page.rows[0]?.name).toBe('acme 000001')
    expect(common.page.rows).toHaveLength(50)
  })

  test('pages through all of them, there and back', async () => {
    const lists = {
      field: (position: PagePosition): Promise<Page<{ uuid: string }>> =>
        listCustomFields({ q: 'zebra', filters: [] }, position, 25).then(({ page }) => page),
      room: (position: PagePosition): Promise<Page<{ uuid: string }>> =>
        listRooms({ q: 'ze' }, position, 25),
      file: (position: PagePosition): Promise<Page<{ uuid: string }>> =>
        listAttachments({ q: 'ZÉBRA', filters: [] }, position, 25).then(({ page }) => page),
    }
    for (const list of Object.values(lists)) {
      const read = (position: PagePosition) => actingAs(reader, () => list(position))
      const first = await read({})
      const second = await read(after(first))
      const third = await read(after(second))
      const found = [first, second, third].flatMap((page) => page.rows.map((row) => row.uuid))
      expect(new Set(found).size).toBe(RARE)
      expect(third.nextCursor).toBeNull()
      expect((await read({ before: third.previousCursor ?? '' })).rows).toEqual(second.rows)
    }
  })
})

const after = (page: Page<unknown>) => ({ after: page.nextCursor ?? '' })

type Place = { position: PagePosition; filter: Prisma.Sql | null }

type Plan = {
  'Node Type': string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

async function scansOfPage(place: Place): Promise<Plan[]> {
  const query = await roomKeys({ ...place, limit: LIMIT })
  const [explained] = await db().$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>`
    EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`
  return scansOf(explained!['QUERY PLAN'][0].Plan)
}

function rowsRead(scan: Plan): number {
  return scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)
}

function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return plan['Node Type'].includes('Scan') && below.length === 0 ? [plan] : below
}
