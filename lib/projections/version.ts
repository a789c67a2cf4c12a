/**
 * Which event wrote a row. Versions are compared by (occurredAt, eventSeq): sequence numbers are unique,
 * so two events never tie and the winner does not depend on the order of projection (design, section 3).
 */
export type Version = { occurredAt: Date; eventSeq: bigint }

// From 0001-01-01, the first day that an ISO string of four-digit years expresses, to 1970.
const YEARS_BELOW_MS = -Date.parse('0001-01-01T00:00:00.000Z')

/**
 * A moment below every one that an event can have, with the order among such moments kept: for what an
 * event mentions in passing and must not overrule an event that is about it.
 */
export function belowEveryMoment(moment: Date): Date {
  return new Date(Math.min(moment.getTime() - YEARS_BELOW_MS, -1))
}

/** Whether `a` is the later of two versions. */
export function isLater(a: Version, b: Version): boolean {
  const difference = a.occurredAt.getTime() - b.occurredAt.getTime()
  return difference === 0 ? a.eventSeq > b.eventSeq : difference > 0
}
