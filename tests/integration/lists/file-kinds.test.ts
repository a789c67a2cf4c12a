import { expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { Filter } from '@/lib/list-view/list-view'
import { listFacets } from '@/lib/queries/list-facets'
import { COMPANY, TIME } from '../../support/read-model-rows'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

const NAMES = [
  ...['offer.pdf', 'OFFER.PDF  ', 'a.b/c.png', 'a.png/b', 'png', '.png', 'no ending.', 'x/y', ''],
  ...[
    'table.xlsx',
    'deck.final.pptx\n',
    'archive.tar.gz',
    'ünïcode.字.mp4',
    'a.toolongtobeone',
    null,
  ],
]
const TYPES = [
  null,
  '',
  'image/png',
  ' Application/PDF',
  'application/octet-stream',
  'a/b/csv',
  '/',
]

test('the kinds of files are counted as each file is shown, whatever it is called', async () => {
  const files = NAMES.flatMap((fileName) => TYPES.map((mimeType) => ({ fileName, mimeType })))
  await db().attachment.createMany({
    data: files.map((file, n) => ({
      ...{ companyUuid: COMPANY, messageUuid: `m${n}`, uuid: `a${n}`, position: 0, fileSize: n },
      ...{ createdAt: TIME, sortKey: '', searchText: '', ...file },
    })),
  })
  const large: Filter = { column: 'size', operator: 'between', values: ['40', ''] }
  for (const [filters, rows] of [
    [[], Prisma.sql`TRUE`],
    [[large], Prisma.sql`file_size >= 40`],
  ] as const) {
    const expected = await db().$queryRaw<{ value: string; count: number }[]>`
      SELECT value, count(*)::int AS count
      FROM (SELECT file_kind(mime_type, file_name) AS value FROM attachment WHERE ${rows}) kinds
      GROUP BY value ORDER BY count DESC, value COLLATE "C"`
    const [kinds] = await actingAs(reader, () =>
      listFacets('attachments', { filters: [...filters] }, ['kind']),
    )
    expect(kinds!.values.map(({ value, count }) => ({ value, count }))).toEqual(expected)
    expect(kinds!.empty).toBe(0)
  }
})
