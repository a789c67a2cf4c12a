import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { listenForPending } from '@/lib/projector/listen-for-pending'
import { getReplayRun } from '@/lib/queries/get-replay-run'
import { createRun } from '@/lib/replay/create-run'
import { noteFailedTry } from '@/lib/replay/note-failed-try'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { beginStage, takeUpkeep } from '@/lib/replay/upkeep/upkeep-run'

const ANN = { id: randomUUID(), email: 'ann@waggle.test' }
const waitsFor = async (id: string) => (await actingAs(ANN, () => getReplayRun(id)))?.waitsFor

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE replay_run, replay_change`
})

test('a run that waits says what for: a running Waggle, those before it, its next try', async () => {
  const first = await createRun('replay', EVERY_EVENT, ANN.email)
  const second = await createRun('replay', EVERY_EVENT, ANN.email)
  expect(await waitsFor(first)).toBe(
    'No running Waggle works on it: it begins when one is started.',
  )
  const stop = new AbortController()
  let isListening = false
  const projector = listenForPending(stop.signal, () => (isListening = true))
  await expect.poll(() => isListening, { timeout: 20_000 }).toBe(true)
  try {
    expect(await waitsFor(first)).toBeNull()
    expect(await waitsFor(second)).toBe('It begins when those before it have ended.')
    await noteFailedTry(first, 'the disk is full')
    expect(await waitsFor(first)).toBe('It is tried again within a minute.')
    await db().replayRun.update({ where: { id: first }, data: { status: 'finished' } })
    expect(await waitsFor(first)).toBeNull()
    expect(await waitsFor(second)).toBeNull()
  } finally {
    stop.abort()
    await projector
  }
})

test('a rebuild that waits for a long query says so', async () => {
  const id = await createUpkeep('rebuild', ANN.email)
  await takeUpkeep()
  await beginStage(id, 'filling')
  expect(await waitsFor(id)).toBeNull()
  await beginStage(id, 'waiting')
  expect(await waitsFor(id)).toBe('It waits for a long query that reads the dashboard’s tables.')
})
