import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { dropLeftovers } from '@/lib/replay/upkeep/work-on-upkeep'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { check, shadows, stageOf } from '../../support/upkeep'
import { messageBody } from '../../support/sample-bodies'
import { seededRandom } from '../../support/seeded-random'

const ANN = 'ann@waggle.test'
const KILLS = 20
const SEED = 20
const STAGES = ['filling', 'indexing', 'swapping'] as const
const TIMEOUT_MS = 600_000

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change`
})

test(
  `a rebuild whose process is killed ${KILLS} times at any of its stages is finished by the next one, with what came meanwhile`,
  async () => {
    await insertEvents(many(0, 1_000))
    await drainPending()
    let sent = 1_000
    const random = seededRandom(SEED)
    const hits = new Map<string, number>()
    const isMissed = () => STAGES.some((stage) => !hits.has(stage))
    let worker = await startProcess()
    try {
      for (let kill = 0; kill < KILLS || (isMissed() && kill < 5 * KILLS); kill++) {
        if (!(await openRebuild())) await createUpkeep('rebuild', ANN)
        const stage = STAGES[Math.floor(random() * STAGES.length)]
        // Until it is there, or was missed.
        for (let run = await openRebuild(); run && stageOf(run) !== stage;)
          run = await openRebuild()
        worker.kill('SIGKILL')
        await once(worker, 'exit')
        const hit = await openRebuild()
        if (hit?.status === 'running') hits.set(stageOf(hit), (hits.get(stageOf(hit)) ?? 0) + 1)
        await insertEvents(many(sent, 5))
        sent += 5
        worker = await startProcess()
        await drainPending()
      }
      await expect.poll(() => openRebuild(), { timeout: TIMEOUT_MS, interval: 100 }).toBeNull()
    } finally {
      worker.kill('SIGKILL')
    }
    expect([...hits.keys()]).toEqual(expect.arrayContaining([...STAGES]))
    const runs = await db().replayRun.findMany()
    expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'finished'))
    for (const { done, upperSeq } of runs) {
      expect(done).toBe(
        BigInt(await db().webhookEvent.count({ where: { seq: { lte: upperSeq } } })),
      )
    }
    const projected = await dumpReadModel()
    expect(await db().message.count()).toBe(sent)
    expect((await check()).report).toMatchObject({ differences: 0 })
    expect(await dumpReadModel()).toEqual(projected)
    await dropLeftovers()
    expect(await shadows()).toBe(0)
  },
  TIMEOUT_MS,
)

test('of two processes one works on a rebuild, and the other goes on when it is gone', async () => {
  await insertEvents(many(0, 300))
  await drainPending()
  const right = await dumpReadModel()
  const workers = await Promise.all([startProcess(), startProcess()])
  try {
    await createUpkeep('rebuild', ANN)
    await createUpkeep('parity', ANN)
    await expect.poll(openRebuild, { timeout: 60_000 }).toBeNull()
    workers[0].kill('SIGKILL')
    await createUpkeep('rebuild', ANN)
    await expect
      .poll(() => db().replayRun.count({ where: { status: 'finished' } }), { timeout: 60_000 })
      .toBe(3)
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
  }
  const runs = await db().replayRun.findMany()
  expect(runs.map(({ done }) => done)).toEqual([300n, 300n, 300n])
  expect(await dumpReadModel()).toEqual(right)
}, 120_000)

async function startProcess(): Promise<ChildProcess> {
  const child = fork(path.resolve('tests/support/upkeep-process.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

function openRebuild() {
  return db().replayRun.findFirst({
    where: { kind: 'rebuild', status: { in: ['queued', 'running'] } },
    select: { status: true, report: true },
  })
}

function many(from: number, count: number): TestEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    eventType: 'message_created',
    body: messageBody({
      uuid: `message_${from + index}`,
      room_uuid: `room_${(from + index) % 50}`,
    }),
  }))
}
