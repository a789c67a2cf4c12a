import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { connectAgain, connectDatabase } from '@/lib/cli/connect-database'
import { db } from '@/lib/db'
import { applyVariables, env, processVariables } from '@/lib/env'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '@/lib/runtime/embedded-database'
import { temporaryDirectory } from '../support/temporary-directory'

let directory: string
let database: EmbeddedDatabase | undefined
let other: net.Server | undefined

afterEach(async () => {
  await database?.stop()
  other?.close()
  await rm(directory, { recursive: true, force: true })
})

test('a command finds the embedded database again that has come back on another port', async () => {
  directory = await temporaryDirectory()
  database = await startEmbeddedDatabase(directory)
  applyVariables(processVariables({ DATABASE_URL: '', DATA_DIR: directory }))
  await connectDatabase()
  const first = env().DATABASE_URL
  expect(new URL(first).port).toBe(String(database.port))
  await db().$executeRaw`CREATE TABLE kept AS SELECT 7 AS value`

  await database.stop()
  other = net.createServer().listen(database.port, '127.0.0.1')
  await once(other, 'listening')
  await expect(connectAgain()).rejects.toThrow('Waggle is not running')
  database = await startEmbeddedDatabase(directory)
  await connectAgain()
  expect(env().DATABASE_URL).not.toBe(first)
  expect(await db().$queryRaw`SELECT value FROM kept`).toEqual([{ value: 7 }])
})
