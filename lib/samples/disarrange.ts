import type { Delivery } from './delivery'
import type { SampleSource } from './sample-source'

const LATE_PROBABILITY = 0.06
const REPEAT_PROBABILITY = 0.03
const MAX_PLACES_LATE = 9

/**
 * What a sender that retries does to an ordered history: some deliveries come a few places late, some
 * come a second time, with the same token and the same body. Bounded: nothing is later than ten places.
 */
export function* disarrange(
  source: SampleSource,
  deliveries: Iterable<Delivery>,
): Generator<Delivery> {
  let held: { dueAt: number; delivery: Delivery }[] = []
  let place = 0
  for (const delivery of deliveries) {
    place++
    const dueAt = place + source.int(1, MAX_PLACES_LATE)
    if (source.chance(LATE_PROBABILITY)) {
      held.push({ dueAt, delivery })
    } else {
      yield delivery
      if (delivery.expected.outcome === 'accepted' && source.chance(REPEAT_PROBABILITY)) {
        held.push({ dueAt, delivery: repeated(delivery) })
      }
    }
    if (held.length === 0) continue
    const due = held.filter((item) => item.dueAt <= place)
    held = held.filter((item) => item.dueAt > place)
    for (const item of due) yield item.delivery
  }
  for (const item of held) yield item.delivery
}

function repeated(delivery: Delivery): Delivery {
  return { ...delivery, expected: { status: 200, outcome: 'duplicate' } }
}
