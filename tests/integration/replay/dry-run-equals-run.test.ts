import fc from 'fast-check'
import { expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import {
  EVERY_EVENT,
  type EventStatusName,
  type FixedEventFilter,
} from '@/lib/event-filter/event-filter'
import { projectBatch } from '@/lib/projector/project-batch'
import { READ_MODEL_KEYS, READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'
import { createRun } from '@/lib/replay/create-run'
import { dryRun } from '@/lib/replay/dry-run'
import type { RowChange } from '@/lib/replay/dry-run-report'
import { replayNextBatch } from '@/lib/replay/replay-next-batch'
import { EVENT_TYPES } from '@/lib/schemas/event-types'
import { arbitraryFaults } from '../../support/arbitrary-faults'
import { arbitraryHistory } from '../../support/arbitrary-history'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'

const ACTOR = 'ann@waggle.test'

test('what a dry run foretells is what the replay does, row by row and field by field, and a second one does nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryHistory(),
      arbitraryHistory(),
      arbitraryFaults(),
      arbitraryFilter(),
      fc.integer({ min: 1, max: 40 }),
      async (projected, pending, faults, filter, events) => {
        await emptyEverything()
        await db().$executeRaw`TRUNCATE replay_run, replay_change`
        await insertEvents(projected)
        await projectBatch()
        await insertEvents(pending)
        for (const fault of faults) await db().$executeRaw(Prisma.raw(fault))
        const before = await readRows()
        const dump = await dumpReadModel()

        const foretold = await foretell(filter, events)
        expect(await dumpReadModel()).toEqual(dump)
        const { statuses, ...counts } = await replay(filter, events)
        const after = await readRows()

        expect(foretold.rows).toEqual(differences(before, after))
        expect(foretold.counts).toEqual(counts)
        expect(foretold.statuses).toEqual(statuses)

        const again = await dumpReadModel()
        expect(await foretell(filter, events)).toMatchObject({ rows: [], counts: { changed: 0 } })
        expect(await replay(filter, events)).toMatchObject({ changed: 0, failed: counts.failed })
        expect(await dumpReadModel()).toEqual(again)
      },
    ),
    { numRuns: 25 },
  )
}, 600_000)

function arbitraryFilter(): fc.Arbitrary<FixedEventFilter> {
  return fc
    .record(
      {
        types: fc.subarray([...EVENT_TYPES], { minLength: 1 }),
        statuses: fc.constantFrom<EventStatusName[]>(['applied'], ['pending']),
        company: fc.constantFrom('company_1', 'company_2'),
        partnership: fc.constant('partnership_1'),
        room: fc.constant('room_1'),
        message: fc.constant('message_2'),
      },
      { requiredKeys: [] },
    )
    .map((given) => ({ ...EVERY_EVENT, ...given }))
}

async function foretell(filter: FixedEventFilter, events: number) {
  const rows: RowChange[] = []
  const last = await db().webhookEvent.aggregate({ _max: { seq: true } })
  const report = await dryRun(
    { filter, retryOfId: null, repairOfId: null, upperSeq: last._max.seq ?? 0n },
    { events, rows: 10_000, onRows: async (page) => void rows.push(...page) },
  )
  return {
    rows: sorted(rows),
    counts: {
      done: report.events,
      changed: report.changing,
      unchanged: report.unchanging,
      failed: report.failing,
    },
    statuses: report.statuses.flatMap(({ to, events }) => Array<string>(events).fill(to)).sort(),
  }
}

async function replay(filter: FixedEventFilter, events: number) {
  const id = await createRun('replay', filter, ACTOR)
  while ((await replayNextBatch(id, { events, blame: false })) !== 'finished');
  const run = await db().replayRun.findUniqueOrThrow({ where: { id } })
  const attempts = await db().eventAttempt.findMany({ where: { runId: id } })
  expect(attempts.length).toBe(Number(run.total))
  return {
    done: Number(run.done),
    changed: Number(run.changed),
    unchanged: Number(run.unchanged),
    failed: Number(run.failed),
    statuses: attempts.map(({ outcome }) => outcome as string).sort(),
  }
}

type Row = Record<string, unknown>

/** Every row of the read model, by table and key, without what Postgres derives. */
async function readRows(): Promise<Map<string, { table: string; row: Row }>> {
  const rows = new Map<string, { table: string; row: Row }>()
  for (const table of READ_MODEL_TABLES) {
    const found = await db().$queryRaw<{ row: Row }[]>(
      Prisma.raw(
        `SELECT to_jsonb(t) - '{domain_key,website_key,email_key}'::text[] AS row FROM ${table} t`,
      ),
    )
    for (const { row } of found) {
      const key = READ_MODEL_KEYS[table].map((name) => row[name])
      rows.set(JSON.stringify([table, key]), { table, row })
    }
  }
  return rows
}

function differences(before: Awaited<ReturnType<typeof readRows>>, after: typeof before) {
  const keys = new Set([...before.keys(), ...after.keys()])
  const rows = [...keys].flatMap((id): RowChange[] => {
    const [old, now] = [before.get(id), after.get(id)]
    const table = (old ?? now)?.table as RowChange['table']
    const key = READ_MODEL_KEYS[table]
    const names = Object.keys(old?.row ?? now?.row ?? {}).filter((name) => !key.includes(name))
    const fields = names
      .map((name) => ({ name, before: old?.row[name] ?? null, after: now?.row[name] ?? null }))
      .filter((field) =>
        old && now
          ? JSON.stringify(field.before) !== JSON.stringify(field.after)
          : field.before !== null || field.after !== null,
      )
    if (old && now && fields.length === 0) return []
    const values = old?.row ?? now?.row ?? {}
    return [
      {
        table,
        key: Object.fromEntries(key.map((name) => [name, String(values[name])])),
        kind: !old ? 'added' : !now ? 'removed' : 'changed',
        fields,
      },
    ]
  })
  return sorted(rows)
}

// A field that is null in a row that is added or removed says nothing.
function sorted(rows: RowChange[]): RowChange[] {
  const text = ({ table, key }: RowChange) => JSON.stringify([table, Object.entries(key).sort()])
  return rows
    .map((row) => ({
      ...row,
      fields: row.fields
        .filter(({ before, after }) => row.kind === 'changed' || before !== null || after !== null)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    .sort((a, b) => (text(a) < text(b) ? -1 : 1))
}
