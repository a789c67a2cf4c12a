import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { command } from '@/lib/cli/commands/replay'
import { db } from '@/lib/db'
import { projectBatch } from '@/lib/projector/project-batch'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { messageBody, partnershipBody } from '../../support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run`
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    { eventType: 'message_created', body: messageBody() },
    { eventType: 'message_created', body: {}, status: 'invalid' },
  ])
  await projectBatch()
  await db().$executeRaw`UPDATE message SET content = ${'Wrong\u001b[2J'}`
})

async function run(...args: string[]) {
  const written = { out: '', err: '' }
  const exitCode = await actingAs(user, () =>
    command.prepare(args)({
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
      isTerminal: false,
      width: 80,
      stop: new AbortController().signal,
    }),
  )
  return { ...written, exitCode }
}

const content = async () => (await db().message.findFirstOrThrow()).content

test('a dry run tells which fields would change, in a way that no terminal obeys, and changes nothing', async () => {
  const { out, exitCode } = await run('--type', 'message_created', '--dry-run')
  expect(out).toBe(
    `changed message company_1 message_1
  content: "Wrong\\u001b[2J" → "Hello"
2 events: 1 would change something, 0 nothing, 1 would fail.
  message: 0 added, 1 changed, 0 removed
`,
  )
  expect(exitCode).toBe(0)
  expect(await content()).toBe('Wrong\u001b[2J')
  expect(await db().eventAttempt.count()).toBe(0)
})

test('a dry run that shows some rows says of how many, and counts all', async () => {
  await db().$executeRaw`UPDATE author SET email = 'wrong'`
  const { out } = await run('--type', 'message_created', '--dry-run', '--rows', '1')
  expect(out).toContain(
    '  message: 0 added, 1 changed, 0 removed\n  author: 0 added, 1 changed, 0 removed\n',
  )
  expect(out).toMatch(/The first 1 of 2 rows are shown above\.\n$/)
})

test('a replay repairs, is recorded in the name of whoever asks, and ends with 1 when an event failed', async () => {
  const { out, exitCode } = await run('--type', 'message_created')
  expect(out).toBe('2 of 2 events replayed: 1 changed something, 0 changed nothing, 1 failed.\n')
  expect(exitCode).toBe(1)
  expect(await content()).toBe('Hello')
  expect(await db().replayRun.findFirst()).toMatchObject({ status: 'finished', actor: user.email })

  const again = await run('--type', 'partner_created', '--json')
  expect(JSON.parse(again.out)).toMatchObject({ status: 'finished', done: 1, changed: 0 })
  expect(again.exitCode).toBe(0)
})

test.each([
  ['paused', null, /^The replay [0-9a-f-]{36} is paused\n$/],
  [
    'failed',
    'No room left.\u001b[2J',
    /^The replay [0-9a-f-]{36} is failed: No room left\.\ufffd\[2J\n$/,
  ],
])('of a replay that is %s it says which one it is, and why', async (status, reason, sentence) => {
  // Arrivals go first: as long as one waits, a replay takes its time.
  await insertEvents([{ eventType: 'partner_created', body: partnershipBody() }])
  const replaying = run('--status', 'applied')
  await vi.waitFor(
    async () => {
      const changed = await db().$executeRaw`
        UPDATE replay_run SET status = ${status}::replay_status, error_message = ${reason}
        WHERE status IN ('queued', 'running')`
      expect(changed).toBe(1)
    },
    { timeout: 10_000, interval: 5 },
  )
  const { err, exitCode } = await replaying
  expect(err).toMatch(sentence)
  expect(exitCode).toBe(1)
})

test('nothing is replayed unless it is said what', () => {
  expect(() => command.prepare([])).toThrow('Choose events, or say --all.')
  expect(() => command.prepare(['--all', '--type', 'message_created'])).toThrow('--all goes with')
  expect(() => command.prepare(['--typ', 'message_created'])).toThrow('--typ')
})

test('a replay that can’t get on for a while says why, and goes on', async () => {
  await db().$executeRaw`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE 'the disk is full' USING ERRCODE = '53100'; END $$`
  await db().$executeRaw`
    CREATE TRIGGER refuse BEFORE INSERT ON event_attempt FOR EACH ROW EXECUTE FUNCTION refuse()`
  const replaying = run('--type', 'partner_created')
  try {
    await vi.waitFor(
      async () => expect((await db().replayRun.findFirstOrThrow()).tries).toBe(1),
      20_000,
    )
  } finally {
    await db().$executeRaw`DROP FUNCTION refuse() CASCADE`
  }
  expect(await replaying).toMatchObject({
    exitCode: 0,
    out: '1 of 1 events replayed: 0 changed something, 1 changed nothing, 0 failed.\n',
    err: 'Try 1 of 10 failed: the disk is full (it is tried again)\n',
  })
})
