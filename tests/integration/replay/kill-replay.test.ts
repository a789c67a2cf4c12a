import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { projectBatch } from '@/lib/projector/project-batch'
import { createRun } from '@/lib/replay/create-run'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyReadModel } from '../../support/read-model'
import { messageBody, partnershipBody } from '../../support/sample-bodies'

const KILLS = 20
const EVENTS = 3_000
const LONGEST_LIFE_MS = 500
const SEED = 20_261_122
const ACTOR = 'ann@waggle.test'

test(`a replay whose processes are killed at ${KILLS} random moments is finished, each event counted once`, async () => {
  const random = seeded(SEED)
  const seqs = (await insertEvents(Array.from({ length: EVENTS }, (_, index) => event(index)))).map(
    ({ seq }) => seq,
  )
  while ((await projectBatch()).claimed > 0);
  const undisturbed = await dumpReadModel()

  let kills = 0
  for (let runs = 1; kills < KILLS; runs++) {
    await emptyReadModel()
    const id = await createRun('replay', EVERY_EVENT, ACTOR)
    while (kills < KILLS && (await statusOf(id)) !== 'finished') {
      const worker = await startWorker()
      await delay(random() * LONGEST_LIFE_MS)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      kills++
    }
    const worker = await startWorker()
    await expect.poll(() => statusOf(id), { timeout: 120_000 }).toBe('finished')
    worker.disconnect()
    await once(worker, 'exit')

    const run = await db().replayRun.findUniqueOrThrow({ where: { id } })
    expect(run).toMatchObject({ total: BigInt(EVENTS), done: BigInt(EVENTS), failed: 0n })
    expect(run.changed + run.unchanged).toBe(BigInt(EVENTS))
    const attempts = await db().eventAttempt.findMany({
      where: { runId: id },
      select: { eventSeq: true },
      orderBy: { eventSeq: 'asc' },
    })
    expect(attempts.map(({ eventSeq }) => eventSeq)).toEqual(seqs)
    const counted = await db().webhookEvent.groupBy({ by: ['attempts'], _count: true })
    expect(counted).toEqual([{ attempts: runs + 1, _count: EVENTS }])
    expect(await dumpReadModel()).toEqual(undisturbed)
  }
}, 600_000)

function event(index: number) {
  if (index % 10 === 0) {
    const body = partnershipBody({ uuid: `partnership_${index % 70}`, company_name: `No ${index}` })
    return { eventType: 'partner_updated', body, tokenIat: new Date(index * 1_000) }
  }
  const body = messageBody({
    uuid: `message_${index % 900}`,
    room_uuid: `room_${index % 40}`,
    partnership_uuid: `partnership_${index % 70}`,
    content: `Text ${index}`,
    updated_at: 1_000 + index,
  })
  return { eventType: 'message_updated', body }
}

async function statusOf(id: string): Promise<string> {
  return (await db().replayRun.findUniqueOrThrow({ where: { id } })).status
}

async function startWorker(): Promise<ChildProcess> {
  const worker = fork(path.resolve('tests/support/replay-worker.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(worker, 'message')
  return worker
}

/** Numbers from 0 to 1, the same in every run of the test (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
