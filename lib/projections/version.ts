/**
 * Which event wrote a row. Versions are compared by (occurredAt, eventSeq): sequence numbers are unique,
 * so two events never tie and the winner does not depend on the order of projection (design, section 3).
 */
export type Version = { occurredAt: Date; eventSeq: bigint }

/** Whether `a` is the later of two versions. */
export function isLater(a: Version, b: Version): boolean {
  const difference = a.occurredAt.getTime() - b.occurredAt.getTime()
  return difference === 0 ? a.eventSeq > b.eventSeq : difference > 0
}
