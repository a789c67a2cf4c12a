import { beforeEach, expect, test, vi } from 'vitest'
import { command } from '@/lib/cli/commands/redeliver'
import { db } from '@/lib/db'
import { setDestinationEnabled } from '@/lib/redelivery/write-destinations'
import {
  asAdministrator,
  emptyRedelivery,
  isFinished,
  newDestination,
  redeliverUntil,
} from '../../support/redelivery'
import { runCommand } from '../../support/run-command'
import { receiver } from '../../support/redelivery-receiver'
import { storeEvent } from '../../support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

beforeEach(emptyRedelivery)

const run = (...args: string[]) => runCommand(command, args)

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

test('it says at the start which run it is, and why nothing goes on', async () => {
  const outside = await receiver()
  const destination = await newDestination(outside.url, { name: 'CRM' })
  await storeEvent()
  const stop = new AbortController()
  let told = ''
  const err = (text: string) => (told += text)
  const watching = runCommand(command, ['--to', 'CRM', '--all'], { err, stop: stop.signal })
  const says = (text: string | RegExp) =>
    vi.waitFor(() => expect(told).toMatch(text), { timeout: 10_000 })
  await says(/^Run [0-9a-f-]{36}: /)
  const { id, keyFingerprint } = await db().destination.findFirstOrThrow()
  await asAdministrator(() => setDestinationEnabled(destination, false))
  await says('the destination is disabled')
  await asAdministrator(() => setDestinationEnabled(destination, true))
  await db().destination.update({ where: { id }, data: { keyFingerprint: 'another' } })
  await says('secret cannot be read')
  await db().destination.update({ where: { id }, data: { keyFingerprint } })
  const [started] = await db().redeliveryRun.findMany()
  await redeliverUntil(() => isFinished(started!.id))
  expect((await watching).exitCode).toBe(0)
  stop.abort()
})

test('a destination whose secret can’t be read is refused before anything is ordered', async () => {
  await newDestination('https://crm.example/hook', { name: 'CRM' })
  await db().destination.updateMany({ data: { keyFingerprint: 'another' } })
  await storeEvent()
  await expect(run('--to', 'CRM', '--all')).rejects.toThrow(/ENCRYPTION_KEY/)
  expect(await db().redeliveryRun.count()).toBe(0)
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
  await expect(run('--to', 'CRM', '--all')).rejects.toThrow(
    'No event matches: there is nothing to send.',
  )
  await storeEvent()
  await expect(run('--to', 'CRM', '--company', 'nobody')).rejects.toThrow('No event matches')
})
