import { expect, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { EVERY_EVENT, type EventFilter } from '@/lib/event-filter/event-filter'
import { runRedeliveries } from '@/lib/redelivery/run-redeliveries'
import { startRedelivery } from '@/lib/redelivery/start-redelivery'
import { createDestination } from '@/lib/redelivery/write-destinations'
import './redelivery-settings'

export const DESTINATION_SECRET = 'destination_22222222-3333-4444-8555-666666666666'
const ADMINISTRATOR = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const WAIT = { timeout: 20_000, interval: 20 }

/** Does something as the administrator. */
export function asAdministrator<T>(work: () => Promise<T>): Promise<T> {
  return actingAs(ADMINISTRATOR, work)
}

/** A destination for a server of the test; its fields as a form sends them. */
export function newDestination(address: string, fields: Record<string, string> = {}) {
  return asAdministrator(() =>
    createDestination({
      name: `To ${address}`,
      address,
      secret: DESTINATION_SECRET,
      order: 'parallel',
      atOnce: '4',
      ratePerSecond: '',
      ...fields,
    }),
  )
}

/** Starts a run of all events, or of those that match. */
export function newRun(destinationId: string, filter: Partial<EventFilter> = {}) {
  return asAdministrator(() => startRedelivery(destinationId, { ...EVERY_EVENT, ...filter }))
}

export function findRun(id: string) {
  return db().redeliveryRun.findUniqueOrThrow({ where: { id } })
}

export function deliveriesOf(runSeq: bigint) {
  return db().delivery.findMany({ where: { runSeq }, orderBy: { eventSeq: 'asc' } })
}

/** Runs the worker, as so many processes would, until something holds. */
export async function redeliverUntil(holds: () => Promise<unknown> | unknown, processes = 1) {
  const stop = new AbortController()
  const running = Array.from({ length: processes }, () => runRedeliveries(stop))
  try {
    await vi.waitFor(async () => expect(await holds()).toBe(true), WAIT)
  } finally {
    stop.abort()
    await Promise.all(running)
  }
}

export async function isFinished(id: string): Promise<boolean> {
  return (await findRun(id)).status === 'finished'
}

/** Makes what waits for its next attempt due. */
export async function makeRetriesDue(): Promise<void> {
  await db().$executeRaw`UPDATE delivery SET next_attempt_at = now() WHERE state = 'retrying'`
}

export async function emptyRedelivery(): Promise<void> {
  await db()
    .$executeRaw`TRUNCATE webhook_event, delivery_attempt, delivery, redelivery_run, destination`
}

/** Ends the leases of what is under way, as a minute does. */
export async function endLeases(): Promise<void> {
  await db().$executeRaw`UPDATE delivery SET next_attempt_at = now() WHERE state = 'sending'`
}

/** Puts so many small events into the log at once. */
export async function storeManyEvents(count: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, body, claims, token_hash, body_hash,
      secret_fingerprint, body_size, received_at, status)
    SELECT gen_random_uuid(), 'partner_updated', 'c', 'u', '{}', '{}', '\\x00', '\\x00', 'f', 2, now(), 'applied'
    FROM generate_series(1, ${count})`
}
