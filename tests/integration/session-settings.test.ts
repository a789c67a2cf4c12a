import { expect, test } from 'vitest'
import { db, disconnectDb, storingDb } from '@/lib/db'

test('times are moments, whatever time zone the database is set to', async () => {
  const [{ name }] = await db().$queryRaw<[{ name: string }]>`SELECT current_database() AS name`
  await db().$executeRawUnsafe(`ALTER DATABASE "${name}" SET TimeZone = 'Asia/Kolkata'`)
  await disconnectDb()

  const moment = new Date('2026-03-01T12:00:00.000Z')
  for (const client of [db(), storingDb()]) {
    const [found] = await client.$queryRaw<{ read: Date; ms: number }[]>`
      SELECT to_timestamp(${moment.getTime() / 1000}::float8) AS read,
        (extract(epoch FROM ${moment}::timestamptz) * 1000)::float8 AS ms`
    expect(found).toEqual({ read: moment, ms: moment.getTime() })
  }
})

test('a commit waits for the disk, whatever the database is set to', async () => {
  const [{ name }] = await db().$queryRaw<[{ name: string }]>`SELECT current_database() AS name`
  await db().$executeRawUnsafe(`ALTER DATABASE "${name}" SET synchronous_commit = off`)
  await disconnectDb()

  for (const client of [db(), storingDb()]) {
    expect(await client.$queryRaw`SHOW synchronous_commit`).toEqual([{ synchronous_commit: 'on' }])
  }
})
