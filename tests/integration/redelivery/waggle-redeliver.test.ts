import { beforeEach, expect, test, vi } from 'vitest'
import type { Terminal } from '@/lib/cli/commands/command'
import { command } from '@/lib/cli/commands/redeliver'
import { db } from '@/lib/db'
import {
  asAdministrator,
  emptyRedelivery,
  isFinished,
  newDestination,
  redeliverUntil,
} from '../../support/redelivery'
import { receiver } from '../../support/redelivery-receiver'
import { storeEvent } from '../../support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

beforeEach(emptyRedelivery)

async function run(...args: string[]) {
  const written = { out: '', err: '' }
  const terminal: Terminal = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    isTerminal: false,
    width: 80,
    stop: new AbortController().signal,
  }
  const exitCode = await asAdministrator(() => command.prepare(args)(terminal))
  return { ...written, exitCode }
}

test('a dry run tells how many events would go where, and sends nothing', async () => {
  await newDestination('https://crm.example/hook', { name: 'CRM' })
  await storeEvent({ companyUuid: 'company_b' })
  await storeEvent()
  expect(await run('--to', 'CRM', '--company', 'company_b', '--dry-run')).toEqual({
    out: '1 event would be sent to https://crm.example/hook.\n',
    err: '',
    exitCode: 0,
  })
  expect(await db().redeliveryRun.count()).toBe(0)
})

test('it starts a run, watches it and tells what came of it', async () => {
  const outside = await receiver(({ body }) => (body === '{"n":1}' ? 400 : 200))
  await newDestination(outside.url, { name: 'CRM' })
  for (let n = 0; n < 3; n++) await storeEvent({ body: `{"n":${n}}` })
  const watched = run('--to', 'CRM', '--all', '--json')
  await redeliverUntil(async () => {
    const [started] = await db().redeliveryRun.findMany()
    return started !== undefined && isFinished(started.id)
  })
  const { out, err, exitCode } = await watched
  expect(JSON.parse(out)).toMatchObject({ status: 'finished', total: 3, delivered: 2, dead: 1 })
  expect(err).toMatch(/settled/)
  expect(exitCode, 'one is dead').toBe(1)
})

test.each([
  [[], '--to is missing'],
  [['--to', 'CRM'], 'Say which events'],
  [['--to', 'CRM', '--all', '--type', 'x'], '--all goes with no other choice'],
  [['--to', 'CRM', '--type', ''], '--type is empty'],
  [['--to', 'CRM', '--tpye', 'x'], "Unknown option '--tpye'"],
])('%j is refused: %s', async (args, sentence) => {
  expect(() => command.prepare(args)).toThrow(sentence)
})

test('a destination that is not there, and a filter that nothing matches, are told', async () => {
  expect(await run('--to', 'nobody', '--all')).toMatchObject({ exitCode: 1, out: '' })
  await newDestination('https://crm.example/hook', { name: 'CRM' })
  expect(await run('--to', 'CRM', '--all')).toMatchObject({
    err: 'No event matches: there is nothing to send.\n',
    exitCode: 1,
  })
})
