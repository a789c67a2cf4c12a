import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { db, type Transaction } from '@/lib/db'
import { listen } from '@/lib/listen'
import { ChangeFold } from '@/lib/projections/change-fold'
import { projectEvent } from '@/lib/projections/project-event'
import { projectBatch } from '@/lib/projector/project-batch'
import { projectEvents } from '@/tests/support/project-events'
import {
  READ_MODEL_KEYS,
  READ_MODEL_TABLES,
  TABLES_WRITTEN_BESIDE,
} from '@/lib/read-model/read-model-tables'
import {
  createShadow,
  dropShadow,
  enterShadow,
  listMissingIndexes,
  type ShadowSchema,
} from '@/lib/read-model/shadow-tables'
import { writeChanges } from '@/lib/read-model/write-changes'
import { ROOM_CHANGES_CHANNEL } from '@/lib/room-changes'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything, emptyReadModel } from '../../support/read-model'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const SCHEMA = 'test_shadow'

beforeEach(emptyEverything)

test('every table of the schema’s read model stands in one of the two lists', async () => {
  const schema = await readFile(path.resolve('prisma/schema.prisma'), 'utf8')
  const section = /─ The read model ─+\n(.*?)\n\/\/ ─/s.exec(schema)?.[1] ?? ''
  const models = section.match(/^model .*?^}/gms) ?? []
  const tables = models.map((model) => /@@map\("(\w+)"\)/.exec(model)?.[1])
  expect(tables.length).toBeGreaterThan(0)
  expect([...READ_MODEL_TABLES, ...TABLES_WRITTEN_BESIDE].sort()).toEqual(tables.sort())
})

test('the keys of the tables are their primary keys', async () => {
  const rows = await db().$queryRaw<{ table: string; columns: string[] }[]>`
    SELECT t.relname AS table,
           array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) AS columns
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
    WHERE i.indisprimary AND t.relnamespace = 'public'::regnamespace
      AND t.relname = ANY(${[...READ_MODEL_TABLES]})
    GROUP BY t.relname`
  expect(Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))).toEqual(
    READ_MODEL_KEYS,
  )
})

test('a shadow has the columns, constraints and indexes of the live tables, under the same names', async () => {
  await db().$transaction(async (tx) => {
    await createShadow(tx, SCHEMA, 'all')
    const all = await describeTables(tx, SCHEMA)
    expect(all).toEqual(await describeTables(tx, 'public'))
    await dropShadow(tx, SCHEMA)
    const before: number[] = []
    for (const indexes of ['writes', 'lookups'] as const) {
      await createShadow(tx, SCHEMA, indexes)
      before.push((await describeTables(tx, SCHEMA)).length)
      for (const statement of await listMissingIndexes(tx, SCHEMA)) {
        await tx.$executeRawUnsafe(statement)
      }
      expect(await describeTables(tx, SCHEMA)).toEqual(all)
      await dropShadow(tx, SCHEMA)
    }
    const [writes = 0, lookups = 0] = before
    expect(writes).toBeLessThan(lookups)
    expect(lookups).toBeLessThan(all.length)
  })
})

describe.each(['pg_temp', SCHEMA] as const)('what is written to a shadow in %s', (schema) => {
  test('is what the projector would write, and reaches no live row', async () => {
    await insertEvents(HISTORY)
    await projectBatch()
    const live = await dumpReadModel()
    await emptyReadModel()
    const nothing = await dumpReadModel()
    const sizes = await liveSizes()

    await db().$transaction(async (tx) => {
      await writeToShadow(tx, schema)
      expect(await dumpReadModel(tx, schema)).toEqual(live)
      expect(await dumpReadModel(tx, 'public')).toEqual(nothing)
      if (schema !== 'pg_temp') await dropShadow(tx, schema)
    })

    expect(await dumpReadModel()).toEqual(nothing)
    expect(await db().attachmentFile.count()).toBe(0)
    expect(await liveSizes()).toEqual(sizes)
  })

  test('is told to nobody', async () => {
    const seqs = (await insertEvents(HISTORY)).map(({ seq }) => seq)
    const heard: string[] = []
    const stop = new AbortController()
    const told = waitable()
    const listening = waitable()
    const ended = listen({
      channels: [ROOM_CHANGES_CHANNEL],
      signal: stop.signal,
      onListening: listening.resolve,
      onNotification: (payload) => {
        heard.push(payload)
        told.resolve()
      },
    })
    await listening.promise
    await db().$transaction(async (tx) => {
      await writeToShadow(tx, schema)
      if (schema !== 'pg_temp') await dropShadow(tx, schema)
    })
    // Notifications come in the order of commits: the shadow's would come before this one.
    await projectEvents(seqs.slice(-1), { trigger: 'replay', actor: null })
    await told.promise
    stop.abort()
    await ended
    expect(heard).toEqual(['[["company_1","room_2"]]'])
  })
})

const HISTORY = [
  {
    eventType: 'partner_created',
    body: partnershipBody(
      {
        custom_fields: [
          { uuid: 'field_1', label: 'Size', type: 'number', value: { number: 3 }, options: null },
        ],
      },
      [{ id: 'crm', selected: [{ id: 'sync', value: 'on' }] }],
    ),
  },
  { eventType: 'partner_contact_created', body: contactBody({ first_name: 'Ann' }) },
  { eventType: 'message_created', body: messageBody({ attachments: [attachment('asset_1')] }) },
  { eventType: 'message_deleted', body: { message: { uuid: 'message_2' } } },
  {
    eventType: 'message_created',
    body: messageBody({ uuid: 'message_3', room_uuid: 'room_2' }),
  },
]

async function writeToShadow(tx: Transaction, schema: ShadowSchema): Promise<void> {
  const events = await tx.webhookEvent.findMany({ orderBy: { seq: 'asc' } })
  const fold = new ChangeFold()
  for (const event of events) {
    const projected = projectEvent(event)
    if (projected.ok) fold.add(projected.changes)
  }
  await createShadow(tx, schema, 'lookups')
  await enterShadow(tx, schema)
  await writeChanges(tx, fold.result())
}

/** Columns, constraints and indexes of the tables, one line each, without the schema's name. */
async function describeTables(tx: Transaction, schema: string): Promise<string[]> {
  const tables = [...READ_MODEL_TABLES, ...TABLES_WRITTEN_BESIDE]
  const rows = await tx.$queryRaw<{ line: string }[]>`
    WITH t AS (
      SELECT oid, relname FROM pg_class
      WHERE relnamespace = to_regnamespace(${schema}) AND relname = ANY(${tables})
    )
    SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull,
                     attgenerated, pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM t JOIN pg_attribute a ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = attnum
    UNION ALL
    SELECT concat_ws(' ', relname, conname, pg_get_constraintdef(c.oid))
    FROM t JOIN pg_constraint c ON conrelid = t.oid
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM t JOIN pg_index ON indrelid = t.oid
    ORDER BY 1`
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort()
}

/** The sizes of all tables and sequences: a row that was written and taken back leaves its trace there. */
async function liveSizes() {
  return db().$queryRaw`
    SELECT relname, pg_relation_size(oid)::text AS size FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
      AND relname NOT IN ('webhook_event')
    ORDER BY relname`
}

function waitable() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
