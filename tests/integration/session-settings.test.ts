import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db, disconnectDb, readingDb, storingDb } from '@/lib/db'

test('times are moments, whatever time zone the database is set to', async () => {
  const [{ name }] = await db().$queryRaw<[{ name: string }]>`SELECT current_database() AS name`
  await db().$executeRawUnsafe(`ALTER DATABASE "${name}" SET TimeZone = 'Asia/Kolkata'`)
  await disconnectDb()

  const moment = new Date('2026-03-01T12:00:00.000Z')
  for (const client of [db(), storingDb(), readingDb()]) {
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

test('what reads lists sees one moment, writes nothing, and reads no table from its beginning', async () => {
  await readingDb().$transaction(async (tx) => {
    const before = await tx.session.count()
    await db().appUser.create({
      data: {
        id: randomUUID(),
        email: 'somebody@waggle.test',
        passwordHash: '',
        sessions: { create: SESSION },
      },
    })
    expect(await tx.session.count()).toBe(before)
    expect(await tx.$queryRaw`SHOW enable_seqscan`).toEqual([{ enable_seqscan: 'off' }])
    expect(await tx.$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: '15s' }])
  })
  await expect(readingDb().session.deleteMany()).rejects.toThrow(/read-only/)
})

const SESSION = {
  tokenHash: new Uint8Array(32),
  expiresAt: new Date('2026-03-01T12:00:00.000Z'),
}
