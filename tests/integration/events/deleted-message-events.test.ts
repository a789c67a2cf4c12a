import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { copyEventCurlAction } from '@/app/(dashboard)/events/[id]/copy-event-curl-action'
import { actingAs } from '@/lib/auth/current-user'
import { command as show } from '@/lib/cli/commands/events-show'
import { db } from '@/lib/db'
import { EVERY_EVENT, type FixedEventFilter } from '@/lib/event-filter/event-filter'
import { projectBatch } from '@/lib/projector/project-batch'
import { countReplayableEvents } from '@/lib/queries/count-replayable-events'
import { eventHistogram } from '@/lib/queries/event-histogram'
import { listEvents } from '@/lib/queries/list-events'
import { listNewEvents } from '@/lib/queries/list-new-events'
import { countMatching } from '@/lib/queries/redelivery/count-matching'
import { createRun } from '@/lib/replay/create-run'
import { dryRun } from '@/lib/replay/dry-run'
import { replayNextBatch } from '@/lib/replay/replay-next-batch'
import { insertEvents } from '@/tests/support/insert-events'
import { runCommand } from '@/tests/support/run-command'
import { messageBody } from '@/tests/support/sample-bodies'

// Next's, outside of a request: what the browser sent.
const OWN = { host: 'waggle.test', origin: 'http://waggle.test' }
vi.mock('next/headers', () => ({
  cookies: async () => new Map(),
  headers: async () => new Headers(OWN),
}))

const admin = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const other = { id: '00000000-0000-4000-8000-000000000002', email: 'other@waggle.test' }
const SECRET = 'Zwetschgenmus'
const STORED = messageBody({ uuid: 'gone', content: SECRET })

let created = ''
let standing = ''

beforeAll(async () => {
  const events = await insertEvents([
    { eventType: 'message_created', body: STORED },
    { eventType: 'message_created', body: messageBody({ uuid: 'stays', content: `No ${SECRET}` }) },
    { eventType: 'message_deleted', body: STORED },
  ])
  ;[created = '', standing = ''] = events.map(({ id }) => id)
  await projectBatch()
})

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE message_reveal`
})

describe('events show', () => {
  test('shows what is known of it, its attempts, and the body without what was said', async () => {
    const { out, err, exitCode } = await runCommand(show, [created])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^eventType +message_created$/m)
    expect(out).toMatch(/^attempt +\S+ · arrival · applied$/m)
    expect(out).toContain('"room_uuid": "room_1"')
    expect(out).not.toContain(SECRET)
    expect(err).toContain('--reveal')
    expect(await db().messageReveal.count()).toBe(0)
  })

  test('tells programs the same', async () => {
    const { out, exitCode } = await runCommand(show, [created, '--json'])
    expect(exitCode).toBe(0)
    const told = JSON.parse(out) as { body: string; textWithheld: boolean; attempts: unknown[] }
    expect(told).toMatchObject({ id: created, textWithheld: true })
    expect(told.attempts).toHaveLength(1)
    expect(JSON.parse(told.body)).toMatchObject({ message: { uuid: 'gone' } })
    expect(out).not.toContain(SECRET)
  })

  test('has no body alone to show, and ends with 1', async () => {
    const { out, err, exitCode } = await runCommand(show, [created, '--body'])
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 })
    expect(err).toContain('--reveal')
  })

  test('reveals the stored body when asked to, and each look is recorded', async () => {
    const whole = await runCommand(show, [created, '--body', '--reveal'])
    expect(whole).toMatchObject({ out: JSON.stringify(STORED), err: '', exitCode: 0 })
    expect((await runCommand(show, [created, '--reveal'])).out).toContain(SECRET)
    expect(await db().messageReveal.findMany()).toMatchObject([
      { messageUuid: 'gone', userEmail: admin.email },
      { messageUuid: 'gone', userEmail: admin.email },
    ])
    await runCommand(show, [standing, '--reveal'])
    expect(await db().messageReveal.count(), 'of a message that stands').toBe(2)
  })
})

describe('copying the event as a command', () => {
  const copy = (user: typeof admin, ...args: [string, unknown?]) =>
    actingAs(user, () => copyEventCurlAction(...args))

  test('is refused until the look is agreed to, and then recorded', async () => {
    expect(await copy(admin, created)).toMatchObject({ ok: false })
    expect(await copy(admin, created, 'yes')).toMatchObject({ ok: false })
    expect(await db().messageReveal.count()).toBe(0)
    expect(await copy(admin, created, true)).toMatchObject({
      ok: true,
      command: expect.stringContaining(SECRET),
    })
    expect(await db().messageReveal.findMany()).toMatchObject([{ userEmail: admin.email }])
  })

  test('is for an administrator alone', async () => {
    expect(await copy(other, created, true)).toMatchObject({ ok: false })
    expect(await db().messageReveal.count()).toBe(0)
  })

  test('needs no agreement where nothing was deleted, and records nothing', async () => {
    expect(await copy(admin, standing)).toMatchObject({ ok: true })
    expect(await copy(admin, standing, true)).toMatchObject({ ok: true })
    expect(await db().messageReveal.count()).toBe(0)
  })
})

describe('a text that a deleted message said', () => {
  const filter: FixedEventFilter = { ...EVERY_EVENT, text: SECRET }

  test('finds only the events of messages that stand, wherever events are looked for', async () => {
    await actingAs(admin, async () => {
      expect((await listEvents(filter, {})).rows.map(({ id }) => id)).toEqual([standing])
      expect((await listNewEvents(filter, 0n, 10)).map(({ id }) => id)).toEqual([standing])
      const from = new Date('2025-12-31T23:00:00Z')
      const to = new Date('2026-01-01T01:00:00Z')
      expect(await eventHistogram({ ...filter, from, to })).toMatchObject({ total: 1 })
      expect(await countReplayableEvents(filter)).toEqual({ count: 1, exact: true })
      expect(await countMatching(filter)).toBe(1)
    })
  })

  test('is foretold and replayed of the same ones', async () => {
    const { _max } = await db().webhookEvent.aggregate({ _max: { seq: true } })
    const selection = { filter, retryOfId: null, repairOfId: null, upperSeq: _max.seq! }
    const foretold = await dryRun(selection, { rows: 0, onRows: async () => undefined })
    expect(foretold.events).toBe(1)
    const id = await createRun('replay', filter, admin.email)
    while ((await replayNextBatch(id)) !== 'finished');
    expect(await db().replayRun.findUnique({ where: { id } })).toMatchObject({ done: 1n })
  })

  test('does not keep an event from being found by what it is about', async () => {
    const found = await actingAs(admin, () => listEvents({ ...EVERY_EVENT, q: 'gone' }, {}))
    expect(found.rows).toHaveLength(2)
  })
})
