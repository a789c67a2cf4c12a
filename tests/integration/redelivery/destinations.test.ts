import { beforeEach, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { applyVariables, processVariables } from '@/lib/env'
import { findDelivery, listDeliveries } from '@/lib/queries/redelivery/list-deliveries'
import { findDestination, listDestinations } from '@/lib/queries/redelivery/list-destinations'
import { findRedelivery, listRedeliveries } from '@/lib/queries/redelivery/list-redeliveries'
import { testDestination } from '@/lib/redelivery/test-destination'
import { setDestinationEnabled, updateDestination } from '@/lib/redelivery/write-destinations'
import { newEncryptionKey, sealSecret } from '@/lib/secret-box'
import {
  asAdministrator,
  deliveriesOf,
  DESTINATION_SECRET,
  emptyRedelivery,
  findRun,
  isFinished,
  newDestination,
  newRun,
  redeliverUntil,
} from '../../support/redelivery'
import { receiver } from '../../support/redelivery-receiver'
import { ENCRYPTION_KEY } from '../../support/redelivery-settings'
import { storeEvent } from '../../support/store-event'

const ADDRESS = 'https://crm.example/hook'
const FIELDS = { name: 'CRM', address: ADDRESS, secret: '', order: 'in_order', atOnce: '1' }

beforeEach(emptyRedelivery)

test.each([
  [{ name: ' ' }, 'The name must have 1 to 80 characters.'],
  [{ name: 'x'.repeat(81) }, 'The name must have 1 to 80 characters.'],
  [{ name: 'a\0b' }, '“name” is not a text that can be kept.'],
  [{ secret: 'short' }, 'The secret must have 8 to 500 characters.'],
  [{ secret: '' }, 'The secret must have 8 to 500 characters.'],
  [{ order: 'random' }, 'The order must be in_order or parallel.'],
  [{ atOnce: '11' }, '“At once” must be a whole number from 1 to 10.'],
  [{ atOnce: '1.5' }, '“At once” must be a whole number from 1 to 10.'],
  [{ ratePerSecond: '0' }, 'The rate must be a number of requests a second'],
  [{ ratePerSecond: 'fast' }, 'The rate must be a number of requests a second'],
  [{ ratePerSecond: 'Infinity' }, 'The rate must be a number of requests a second'],
  [{ address: 'ftp://crm.example/' }, 'The link is not an http or https address.'],
  [{ address: 'https://me:word@crm.example/' }, 'The link carries a user name or a password.'],
  [{ address: 'http://0xa.1/' }, '10.0.0.1 is not an address of the public internet.'],
  [{ address: 'http://169.254.169.254/latest' }, '169.254.169.254 is not an address'],
  [{ address: 'http://[fd00::1]/' }, 'is not an address of the public internet.'],
] as [Record<string, string>, string][])('%j is refused: %s', async (fields, sentence) => {
  await expect(newDestination(ADDRESS, fields)).rejects.toThrow(sentence)
  expect(await db().destination.count()).toBe(0)
})

test('no refusal repeats the secret', async () => {
  const attempt = newDestination('http://0xa.1/', { secret: 'hunter2-hunter2' })
  await expect(attempt).rejects.not.toThrow(/hunter2/)
})

test('a name is there once', async () => {
  await newDestination(ADDRESS, { name: 'CRM' })
  await expect(newDestination(ADDRESS, { name: ' CRM ' })).rejects.toThrow(
    'Another destination has this name.',
  )
})

test('only the administrator makes and changes destinations, and nobody without a session sees them', async () => {
  const id = await newDestination(ADDRESS)
  const somebody = { id: '00000000-0000-4000-8000-000000000002', email: 'ann@waggle.test' }
  const works: (() => Promise<unknown>)[] = [
    () => updateDestination(id, FIELDS),
    () => setDestinationEnabled(id, false),
    () => testDestination(id),
  ]
  for (const work of works) {
    await expect(actingAs(somebody, work)).rejects.toThrow('Only an administrator')
    await expect(work()).rejects.toThrow()
  }
  await expect(listDestinations()).rejects.toThrow()
  await expect(listRedeliveries({})).rejects.toThrow()
  await expect(findRedelivery(id)).rejects.toThrow()
  await expect(listDeliveries('1', null, {})).rejects.toThrow()
  await expect(newRun(id).then((run) => findDelivery(run, id))).rejects.toThrow()
})

test('what pages are given of a destination has no secret in it, sealed or not', async () => {
  const id = await newDestination(ADDRESS)
  const shown = await asAdministrator(() => findDestination(id))
  expect(Object.keys(shown!).filter((name) => /secret|key/i.test(name))).toEqual(['secretReadable'])
})

test('a secret that was stored with another key stops its runs and loses nothing, until it is entered again', async () => {
  const outside = await receiver()
  await storeEvent()
  const id = await newDestination(outside.url)
  const run = await findRun(await newRun(id))
  const box = sealSecret(DESTINATION_SECRET, newEncryptionKey(), id)
  await db().destination.update({
    where: { id },
    data: { secretBox: new Uint8Array(box), keyFingerprint: 'another' },
  })
  expect(await asAdministrator(() => findDestination(id))).toMatchObject({ secretReadable: false })
  await expect(asAdministrator(() => testDestination(id))).rejects.toThrow(/ENCRYPTION_KEY/)

  await expect(newRun(id)).rejects.toThrow(/ENCRYPTION_KEY/)
  const other = await newRun(await newDestination(outside.url, { name: 'Readable' }))
  await redeliverUntil(() => isFinished(other))
  expect(outside.received).toHaveLength(1)
  expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'waiting', attempts: 0, tries: 0 }])

  const fields = { ...FIELDS, address: outside.url, secret: DESTINATION_SECRET, ratePerSecond: '' }
  await asAdministrator(() => updateDestination(id, fields))
  await redeliverUntil(() => isFinished(run.id))
  expect(await findRun(run.id)).toMatchObject({ delivered: 1 })
})

test('without a key nothing is stored, and one sentence says so', async () => {
  applyVariables(processVariables({ ENCRYPTION_KEY: '' }))
  try {
    await expect(newDestination(ADDRESS)).rejects.toThrow(/^ENCRYPTION_KEY is not set/)
  } finally {
    applyVariables(processVariables({ ENCRYPTION_KEY }))
  }
})

test('deliveries are read page by page, all or those in one state', async () => {
  const outside = await receiver(({ body }) => (body === '{"n":3}' ? 400 : 200))
  const stored: { id: string }[] = []
  for (let n = 0; n < 7; n++) stored.push(await storeEvent({ body: `{"n":${n}}` }))
  const run = await findRun(await newRun(await newDestination(outside.url)))
  await redeliverUntil(() => isFinished(run.id))
  const read = (state: 'dead' | 'delivered' | null, place: object = {}) =>
    asAdministrator(() => listDeliveries(String(run.seq), state, place, 3))

  const first = await read(null)
  expect(first.rows.map(({ eventId }) => eventId)).toEqual(stored.slice(0, 3).map(({ id }) => id))
  const second = await read(null, { after: first.nextCursor })
  expect(second.rows.map(({ eventId }) => eventId)).toEqual(stored.slice(3, 6).map(({ id }) => id))
  expect((await read(null, { before: second.previousCursor })).rows).toEqual(first.rows)
  expect((await read('dead')).rows.map(({ eventId }) => eventId)).toEqual([stored[3]!.id])
  expect((await read('delivered')).rows).toHaveLength(3)
  await expect(read(null, { after: 'nowhere' })).rejects.toThrow('does not exist')

  const shown = await asAdministrator(() => findDelivery(String(run.seq), stored[3]!.id))
  expect(shown).toMatchObject({ state: 'dead', tried: [{ number: 1, response: 'noted' }] })
  expect(await asAdministrator(() => findDelivery(String(run.seq), run.id))).toBe(null)
})
