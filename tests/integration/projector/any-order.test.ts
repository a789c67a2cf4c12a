import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { projectBatch } from '@/lib/projector/project-batch'
import { projectEvents } from '@/tests/support/project-events'
import { arbitraryDistinctHistory, arbitraryHistory } from '../../support/arbitrary-history'
import { insertEvents } from '../../support/insert-events'
import {
  attachmentsWithoutTask,
  dumpReadModel,
  emptyEverything,
  emptyReadModel,
  fieldsThatMiscount,
  partnershipsThatMiscount,
  roomsThatMiscount,
} from '../../support/read-model'
import { dumpThreads, threadsOutOfJoint } from '../../support/threads'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const RUNS = 12
const TIMEOUT_MS = 300_000

test(
  'a history gives one read model in any order, with any duplication, in any batches, by any number of projectors',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(), arbitraryPlan(), async (history, plan) => {
        await emptyEverything()
        const seqs = (await insertEvents(history)).map(({ seq }) => seq)
        while ((await projectBatch(1)).claimed > 0);
        const inOrderOnce = await dumpReadModel()
        const threads = await dumpThreads()
        expect(threadsOutOfJoint(threads)).toEqual([])
        expect(await roomsThatMiscount()).toEqual([])
        expect(await attachmentsWithoutTask()).toEqual([])
        expect(await partnershipsThatMiscount()).toEqual([])
        expect(await fieldsThatMiscount()).toEqual([])

        await emptyReadModel()
        await inParallel(plan.projectors, plan.batches(seqs), (batch) =>
          projectEvents(batch, { trigger: 'rebuild', actor: null }),
        )
        expect(await dumpReadModel()).toEqual(inOrderOnce)
        expect(await dumpThreads()).toEqual(threads)
        expect(await roomsThatMiscount()).toEqual([])
        expect(await attachmentsWithoutTask()).toEqual([])
        expect(await partnershipsThatMiscount()).toEqual([])
        expect(await fieldsThatMiscount()).toEqual([])

        await emptyReadModel()
        await db()
          .$executeRaw`UPDATE webhook_event SET status = 'pending' WHERE status <> 'duplicate'`
        const limits = Array<number>(seqs.length).fill(plan.limit)
        await inParallel(plan.projectors, limits, (limit) => projectBatch(limit))
        expect(await dumpReadModel()).toEqual(inOrderOnce)
        expect(await dumpThreads()).toEqual(threads)
        expect(await roomsThatMiscount()).toEqual([])
        expect(await attachmentsWithoutTask()).toEqual([])
        expect(await partnershipsThatMiscount()).toEqual([])
        expect(await fieldsThatMiscount()).toEqual([])
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

test(
  'emptying the read model and replaying the whole log gives the same read model',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(), async (history) => {
        await emptyEverything()
        const seqs = (await insertEvents(history)).map(({ seq }) => seq)
        await projectBatch()
        const before = await dumpReadModel()

        await emptyReadModel()
        await projectEvents(seqs, { trigger: 'rebuild', actor: null })
        expect(await dumpReadModel()).toEqual(before)
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

test(
  'events with moments of their own may arrive in any order',
  async () => {
    const arrivals = arbitraryDistinctHistory().chain((history) =>
      fc.tuple(fc.constant(history), shuffled(history)),
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async ([history, disordered]) => {
        const [first, second] = [await projectAfresh(history), await projectAfresh(disordered)]
        expect(second).toEqual(first)
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

type Plan = { projectors: number; limit: number; batches: (seqs: bigint[]) => bigint[][] }

/** An order, some repetitions, a cut into batches and a number of projectors, for a log of any length. */
function arbitraryPlan(): fc.Arbitrary<Plan> {
  return fc.record({
    projectors: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 1, max: 9 }),
    batches: fc
      .record({
        order: fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
        again: fc.array(fc.nat(), { maxLength: 12 }),
        size: fc.integer({ min: 1, max: 9 }),
      })
      .map(({ order, again, size }) => (seqs: bigint[]) => {
        const sorted = seqs.map((seq, i) => ({ seq, rank: order[i] ?? 0 }))
        sorted.sort((a, b) => a.rank - b.rank)
        const repeated = again.map((index) => seqs[index % seqs.length] as bigint)
        const all = [...sorted.map(({ seq }) => seq), ...repeated]
        return all.flatMap((_, i) => (i % size === 0 ? [all.slice(i, i + size)] : []))
      }),
  })
}

function shuffled<Item>(items: Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray(items, { minLength: items.length })
}

async function inParallel<Item>(
  workers: number,
  items: Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

// Sequence numbers are those of the arrival; everything else must be the same.
async function projectAfresh(history: Parameters<typeof insertEvents>[0]) {
  await emptyEverything()
  await insertEvents(history)
  await projectBatch()
  expect(await roomsThatMiscount()).toEqual([])
  expect(await attachmentsWithoutTask()).toEqual([])
  expect(await partnershipsThatMiscount()).toEqual([])
  const dump = await dumpReadModel()
  return Object.fromEntries(
    Object.entries(dump).map(([table, lines]) => [
      table,
      lines.map((line) => line.replace(/"(deleted_)?event_seq": \d+/g, '"seq"')).sort(),
    ]),
  )
}
