import { execFile, spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, expect, test, vi } from 'vitest'
import { command as parity } from '@/lib/cli/commands/parity'
import { command as rebuild } from '@/lib/cli/commands/rebuild'
import { db } from '@/lib/db'
import { processVariables } from '@/lib/env'
import { whileHoldingLock } from '@/lib/hold-lock'
import { projectBatch } from '@/lib/projector/project-batch'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { runCommand, startProgram } from '../../support/run-command'
import { messageBody, partnershipBody } from '../../support/sample-bodies'
import { temporaryDirectory } from '../../support/temporary-directory'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

// As lib/replay/upkeep/run-upkeep.ts.
const UPKEEP_LOCK = 72_707_372
const PROGRAM_MS = 120_000

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, parity_event`
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    { eventType: 'message_created', body: messageBody() },
  ])
  await projectBatch()
})

test(
  'the program rebuilds and checks where no Waggle runs, and is told by its exit code',
  async () => {
    await db().$executeRaw`UPDATE message SET content = 'by a fault'`
    const found = startProgram(['parity', '--json'])
    expect(await found.ended, found.written.err).toBe(1)
    expect(JSON.parse(found.written.out)).toMatchObject({ differences: 1 })

    const rebuilt = startProgram(['rebuild', '--json'])
    expect(await rebuilt.ended, rebuilt.written.err).toBe(0)
    expect(JSON.parse(rebuilt.written.out)).toMatchObject({ events: 2, notProjected: 0 })
    expect((await db().message.findFirstOrThrow()).content).toBe('Hello')

    const right = startProgram(['parity'])
    expect(await right.ended, right.written.err).toBe(0)
    expect(right.written.out).toMatch(/^\d+ rows compared, 0 differences\.\n$/)
  },
  PROGRAM_MS,
)

// util-linux's, which runs a command on a terminal of its own.
const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux')

test.skipIf(!hasScript)(
  'it draws how far it is where a person looks on, though its result goes into a file (needs util-linux’s script)',
  async () => {
    const directory = await temporaryDirectory()
    const file = path.join(directory, 'out.json')
    const command = `'${process.execPath}' --import tsx lib/cli/waggle.ts parity --json > '${file}'`
    const { stdout } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], {
      env: processVariables(),
    })
    expect(stdout).toMatch(/Checking .+ events · .+ a second/)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ differences: 0 })
    await rm(directory, { recursive: true })
  },
  PROGRAM_MS,
)

test('a repair replays what puts the differences right, is recorded, and proves it by another check', async () => {
  await db().$executeRaw`UPDATE message SET content = 'by a fault'`
  await db().$executeRaw`UPDATE room SET message_count = 7`
  const { out, err, exitCode } = await runCommand(parity, ['--repair'])
  expect(err).toBe(
    '1 events replayed: 1 changed something, 0 failed; the totals of 1 rows were put right. Checking again.\n',
  )
  expect(out).toMatch(
    /^\d+ rows compared, 2 differences\.\n {2}room: 1\n {2}message: 1\n\d+ rows compared, 0 differences\.\n$/,
  )
  expect(exitCode).toBe(0)
  expect(await db().message.findFirst()).toMatchObject({ content: 'Hello' })
  const [found, repair, left] = await db().replayRun.findMany({ orderBy: { createdAt: 'asc' } })
  expect(repair).toMatchObject({
    ...{ kind: 'replay', status: 'finished', actor: 'admin@waggle.test' },
    ...{ repairOfId: found!.id, changed: 1n, failed: 0n, righted: 1n },
  })
  expect(left).toMatchObject({ kind: 'parity', status: 'finished' })
})

test('a repair tells a script what it found, did and left, and ends with 1 where a rebuild is needed', async () => {
  await db().$executeRaw`UPDATE message SET content = 'by a fault'`
  await db().$executeRaw`
    INSERT INTO author (company_uuid, uuid, occurred_at, event_seq, projector_version)
    VALUES ('company_1', 'nobody', now(), 1, 1)`
  const mixed = await runCommand(parity, ['--repair', '--json'])
  expect(JSON.parse(mixed.out)).toMatchObject({
    ...{ differences: 2, repairs: 1, left: 1 },
    repair: { status: 'finished', done: 1, changed: 1, failed: 0, righted: 0 },
  })
  expect(mixed.exitCode).toBe(1)

  const none = await runCommand(parity, ['--repair', '--json'])
  expect(JSON.parse(none.out)).toMatchObject({ differences: 1, repairs: 0, repair: null })
  expect(none.err).toBe('No event puts these rows right: npm run waggle -- rebuild does.\n')
  expect(none.exitCode).toBe(1)
})

test('it follows the one that is under way', async () => {
  const id = await createUpkeep('parity', 'ann@waggle.test')
  const { out, err, exitCode } = await runCommand(parity, ['--json'])
  expect(JSON.parse(out)).toMatchObject({ id, differences: 0 })
  expect(err).toContain('One is under way already')
  expect(exitCode).toBe(0)
})

test('what another process had begun to work on, and gave up, it does itself', async () => {
  const elsewhere = await holdUpkeepLock()
  const rebuilding = runCommand(rebuild, [])
  await vi.waitFor(async () => expect(await db().replayRun.count()).toBe(1), 10_000)
  // Each time that it tries to take the lock it connects.
  const before = await countSessions()
  await vi.waitFor(async () => expect(await countSessions()).toBeGreaterThan(before + 1n), {
    timeout: 20_000,
    interval: 200,
  })
  expect(await db().replayRun.findFirst()).toMatchObject({ status: 'queued' })
  await elsewhere.giveUp()
  expect(await rebuilding).toMatchObject({ exitCode: 0, out: expect.stringContaining('Rebuilt') })
})

test('it says that a run was not finished, and ends with 1', async () => {
  const elsewhere = await holdUpkeepLock()
  const checking = runCommand(parity, [])
  await vi.waitFor(async () => expect(await db().replayRun.count()).toBe(1), 10_000)
  await db().$executeRaw`UPDATE replay_run SET status = 'cancelled'`
  expect(await checking).toMatchObject({ err: 'It was not finished: cancelled.\n', exitCode: 1 })
  await elsewhere.giveUp()
})

test('it says that a rebuild waits for a long query', async () => {
  let said = ''
  const rebuilding = await db().$transaction(async (reader) => {
    await reader.room.count()
    const rebuilding = runCommand(rebuild, [], { err: (text) => (said += text) })
    await vi.waitFor(() => expect(said).toContain('It waits for a long query'), 20_000)
    return { rebuilding }
  })
  expect(await rebuilding.rebuilding).toMatchObject({ exitCode: 0 })
  expect(said).toBe('It waits for a long query that reads the dashboard’s tables.\n')
})

async function countSessions(): Promise<bigint> {
  const [row] = await db().$queryRaw<{ sessions: bigint }[]>`
    SELECT sessions FROM pg_stat_database WHERE datname = current_database()`
  return row!.sessions
}

/** As a process does that works on rebuilds and checks. */
async function holdUpkeepLock() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  let held = () => {}
  const holding = new Promise<void>((resolve) => (held = resolve))
  const work = whileHoldingLock(UPKEEP_LOCK, async () => {
    held()
    await ended
  })
  await holding
  return {
    giveUp: async () => {
      end()
      expect(await work).toBe(true)
    },
  }
}
