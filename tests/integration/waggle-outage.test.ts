import { expect, test, vi } from 'vitest'
import { command as tail } from '@/lib/cli/commands/events-tail'
import { command as parity } from '@/lib/cli/commands/parity'
import { command as redeliver } from '@/lib/cli/commands/redeliver'
import { db } from '@/lib/db'
import { controlRedelivery } from '@/lib/redelivery/control-redelivery'
import { startDatabaseProxy } from '../support/database-proxy'
import { asAdministrator, emptyRedelivery, newDestination } from '../support/redelivery'
import { runCommand } from '../support/run-command'
import { storeEvent } from '../support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const proxy = await startDatabaseProxy()

/** A command that runs, and what it has written so far. */
function watched(command: Parameters<typeof runCommand>[0], ...args: string[]) {
  const stop = new AbortController()
  const told = { out: '', err: '' }
  const ended = runCommand(command, args, {
    out: (text) => (told.out += text),
    err: (text) => (told.err += text),
    stop: stop.signal,
  })
  const tells = (stream: 'out' | 'err', text: string | RegExp) =>
    vi.waitFor(() => expect(told[stream]).toMatch(text), { timeout: 20_000 })
  return { tells, stop, told, ended }
}

async function takeTheDatabaseAway(tells: ReturnType<typeof watched>['tells']): Promise<void> {
  await proxy.cut()
  await tells('err', /The database is out of reach \(.+\); trying again\./)
  await proxy.restore()
  await tells('err', 'The database is back.')
}

test('events tail goes on where it was', async () => {
  const { tells, stop, told, ended } = watched(tail)
  await tells('out', 'RECEIVED')
  await takeTheDatabaseAway(tells)
  await storeEvent({ partnershipUuid: 'after_the_outage' })
  await tells('out', 'after_the_outage')
  stop.abort()
  expect((await ended).exitCode).toBe(130)
  expect(told.err.match(/out of reach/g), 'said once').toHaveLength(1)
})

test('redeliver goes on watching', async () => {
  await newDestination('https://crm.example/hook', { name: 'CRM' })
  await storeEvent()
  const { tells, told, ended } = watched(redeliver, '--to', 'CRM', '--all')
  await tells('err', /^Run /)
  await takeTheDatabaseAway(tells)
  const [started] = await db().redeliveryRun.findMany()
  await asAdministrator(() => controlRedelivery(started!.id, 'cancel'))
  expect((await ended).exitCode).toBe(1)
  expect(told.out).toContain('The run is cancelled')
})

test('parity is finished by whoever asked for it', async () => {
  await emptyRedelivery()
  // As lib/replay/upkeep/run-upkeep.ts does while it works.
  await db().$executeRaw`SELECT pg_advisory_lock(72707372)`
  const { tells, told, ended } = watched(parity)
  await vi.waitFor(async () => expect(await db().replayRun.count()).toBe(1), 10_000)
  // With its connection whoever holds the lock goes too.
  await takeTheDatabaseAway(tells)
  expect((await ended).exitCode).toBe(0)
  expect(told.out).toMatch(/rows compared, 0 differences\.\n$/)
})
