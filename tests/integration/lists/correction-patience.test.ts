import { beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { CONTACTS } from '@/lib/queries/list-contacts'
import { correctSearch } from '@/lib/queries/lists/correct-search'
import { readOnly, readWithin } from '@/lib/queries/lists/read-only'
import { insertContacts } from '../../support/read-model-rows'

const { table } = CONTACTS.definition

const MANY = 400
// Longer than the slowest machine takes.
const PATIENT_MS = 60_000

beforeAll(async () => {
  await insertContacts(
    Array.from({ length: MANY }, (_, n) => ({
      uuid: `c_${n}`,
      firstName: 'Contact',
      lastName: `No ${n}`,
      email: `contact-${n}@example.test`,
    })),
  )
  await db().$executeRawUnsafe('ANALYZE')
})

const corrected = (q: string) => readOnly((tx) => correctSearch(tx, table, q, PATIENT_MS))

test('what takes too long is given up, and its page is read to the end', async () => {
  const seen = await readOnly(async (tx) => {
    const asked = await readWithin(tx, 50, () => tx.$queryRaw`SELECT pg_sleep(5)::text`)
    // All rows have the trigrams of most ways to spell this: each way is compared with all of them.
    const correction = await correctSearch(tx, table, 'example.con', 1)
    const rows = await tx.contact.count({ where: { uuid: { in: ['c_1', 'c_2'] } } })
    return { asked, correction, rows, timeout: await tx.$queryRaw`SHOW statement_timeout` }
  }, 4_000)
  expect(seen).toMatchObject({ asked: null, correction: { words: [] }, rows: 2 })
  expect(seen.timeout).toEqual([{ statement_timeout: '15s' }])
})

test('nobody waits for a correction behind somebody who wants the table alone', async () => {
  expect((await corrected('exmaple.test')).words).toEqual([['example.test']])
  const other = new pg.Client({ connectionString: env().DATABASE_URL })
  await other.connect()
  try {
    const answer = await readOnly(async (tx) => {
      await tx.contact.count({ where: { uuid: 'c_1' } })
      const alone = other.query('BEGIN; LOCK TABLE contact IN ACCESS EXCLUSIVE MODE; ROLLBACK')
      await waitingForLock()
      const correction = await correctSearch(tx, table, 'exmaple.test', 300)
      return { correction, alone }
    }, 10_000)
    expect(answer.correction.words).toEqual([])
    await answer.alone
  } finally {
    await other.end()
  }
  expect((await corrected('exmaple.test')).words).toEqual([['example.test']])
})

async function waitingForLock(): Promise<void> {
  for (;;) {
    const waiting = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pg_locks WHERE relation = 'contact'::regclass AND NOT granted`
    if (waiting.length > 0) return
  }
}
