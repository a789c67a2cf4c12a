import { expect, test } from 'vitest'
import { db } from '@/lib/db'

test('the cloned database has every table and nothing in them', async () => {
  expect(await db().webhookEvent.count()).toBe(0)
  expect(await db().partnership.count()).toBe(0)
})
