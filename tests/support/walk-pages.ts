import type { Page, PagePosition } from '@/lib/pagination'

/** Reads a keyset-paginated list to its end and back again; fails a test by never ending past 1,000 pages. */
export async function walkPages<Row>(
  read: (position: PagePosition) => Promise<Page<Row>>,
): Promise<{ forwards: Row[]; backwards: Row[]; pages: number }> {
  const forwards: Row[] = []
  const backwards: Row[] = []
  let page = await read({})
  let pages = 1
  forwards.push(...page.rows)
  while (page.nextCursor !== null && pages < 1_000) {
    page = await read({ after: page.nextCursor })
    forwards.push(...page.rows)
    pages += 1
  }
  backwards.unshift(...page.rows)
  let steps = 1
  while (page.previousCursor !== null && steps < 1_000) {
    page = await read({ before: page.previousCursor })
    backwards.unshift(...page.rows)
    steps += 1
  }
  return { forwards, backwards, pages }
}
