import type { Delivery } from './delivery'
import { disarrange } from './disarrange'
import { generateHistory } from './generate-history'
import { nastyDeliveries } from './nasty-deliveries'
import { createSampleSource } from './sample-source'

/** What the samples take for the present unless told: a constant, so that a seed always gives the same bodies. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 20, 12)

export type TrafficOptions = {
  /** Any whole number. The same options give the same bodies, byte for byte. */
  seed: number
  /** How many partnerships there are in the end (rows: a partner that two customers have counts twice). */
  partnerships: number
  /** How many message_created events; edits and deletions come on top. */
  messages: number
  /** Mixes in deliveries that break receivers; each carries what it expects. */
  nasty?: boolean
  /** Milliseconds since 1970: the end of the four weeks over which the samples are spread. */
  now?: number
  /** The receiver's MAX_BODY_BYTES, which the nasty ones reach and exceed. */
  maxBodyBytes?: number
}

/**
 * Sample traffic of a company that uses JourneyBee, made while it is read: partnerships, contacts, rooms
 * with threads, updates, edits, deletions, now and then a type that is not supported; some deliveries
 * come twice and some a few places late. In memory only what later events refer to.
 */
export function* generateTraffic(options: TrafficOptions): Generator<Delivery> {
  const now = options.now ?? SAMPLE_NOW
  const ordinary = disarrange(
    createSampleSource(options.seed + 1, now),
    generateHistory(options, now),
  )
  if (!options.nasty) {
    yield* ordinary
    return
  }
  const nasty = nastyDeliveries({
    source: createSampleSource(options.seed + 2, now),
    now,
    maxBodyBytes: options.maxBodyBytes ?? 1_048_576,
  })
  for (const delivery of ordinary) {
    yield delivery
    const next = nasty.shift()
    if (next) yield next
  }
  yield* nasty
}
