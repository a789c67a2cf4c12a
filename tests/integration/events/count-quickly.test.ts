import { beforeAll, expect, test } from 'vitest'
import { Prisma } from '@/lib/db'
import { countQuickly } from '@/lib/event-log/count-quickly'
import { storeEvent } from '@/tests/support/store-event'

beforeAll(async () => {
  for (let i = 0; i < 3; i++) await storeEvent()
})

test('what passes is counted, and no further than asked', async () => {
  const all = Prisma.sql`TRUE`
  expect(await countQuickly(all, 3)).toEqual({ count: 3, exact: true })
  expect(await countQuickly(all, 2)).toEqual({ count: 2, exact: false })
  expect(await countQuickly(Prisma.sql`e.event_type = 'none'`, 2)).toEqual({
    count: 0,
    exact: true,
  })
})

test('what would take too long is not waited for, and whoever counts next has all the time again', async () => {
  const slow = Prisma.sql`pg_sleep(20) IS NOT NULL`
  expect(await countQuickly(slow, 2, 50)).toBeNull()
  expect(await countQuickly(Prisma.sql`pg_sleep(0.1) IS NOT NULL`, 5)).toMatchObject({ count: 3 })
})

test('a condition that is wrong is an error, and not taken for a slow one', async () => {
  await expect(countQuickly(Prisma.sql`e.nothing = 1`, 2)).rejects.toThrow(/nothing/)
})
