import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { CustomField } from './find-custom-field'
import { VERSION_AT } from './event-versions'
import { readSnapshots } from './read-snapshots'

const SAMPLES = 100
const CHANGES = 10
const STEPS = 48
const NEXT_LOOKED_AT = 20
const MAX_LABEL = 300
const MAX_BODY_BYTES = 256 * 1024

/** A field's label and type as an event first told them, and as they were told before. */
export type FieldChange = {
  eventId: string
  at: Date
  before: { label: string | null; type: string }
  after: { label: string | null; type: string }
}

/**
 * When a field's label or type changed, the latest first, at most ten times. No index leads from a field to
 * its events: the log is looked at in a hundred places, and between two that differ the place of the change is
 * searched by halves. `everywhere` is false when the log is longer: a change that was taken back between two
 * places is not found. Labels are cut to 300 characters.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listFieldChanges(
  field: CustomField,
): Promise<{ changes: FieldChange[]; everywhere: boolean }> {
  await requireUser()
  const [log] = await db().$queryRaw<{ first: bigint | null; last: bigint | null }[]>`
    SELECT (SELECT min(seq) FROM webhook_event) AS first, (SELECT max(seq) FROM webhook_event) AS last`
  if (!log || log.first === null || log.last === null) return { changes: [], everywhere: true }
  const length = log.last - log.first + 1n
  const everywhere = length <= BigInt(SAMPLES)
  const count = everywhere ? Number(length) : SAMPLES
  const from = Array.from(
    { length: count },
    (_, n) => log.first! + (length * BigInt(n)) / BigInt(count),
  )
  const told = await definitionsAt(
    field,
    from.map((seq) => ({ from: seq, to: log.last! })),
  )
  const pairs = changesAmong(withoutLate(told.filter((each) => each !== null)))
  const found = await searchByHalves(field, pairs.slice(-CHANGES))
  return { changes: found.map(toChange).reverse(), everywhere }
}

type Told = { seq: bigint; id: string; at: Date; label: string | null; type: string }
type Pair = { before: Told; after: Told }

// Of two places that differ, the later moves down to the first event that tells the new definition.
async function searchByHalves(field: CustomField, pairs: Pair[]): Promise<Pair[]> {
  const searches = pairs.map((pair) => ({
    ...pair,
    low: pair.before.seq + 1n,
    high: pair.after.seq - 1n,
  }))
  for (let step = 0; step < STEPS; step++) {
    const open = searches.filter(({ low, high }) => low <= high)
    if (open.length === 0) break
    const ranges = open.map(({ low, high }) => ({ from: (low + high) / 2n, to: high }))
    const told = await definitionsAt(field, ranges)
    for (const [n, search] of open.entries()) {
      const found = told[n] ?? null
      if (found !== null && isSame(found, search.before)) search.low = found.seq + 1n
      else {
        // Nothing from the middle on, or the new definition there: what is left lies below.
        search.high = ranges[n]!.from - 1n
        if (found !== null) search.after = found
      }
    }
  }
  return searches
}

/**
 * What the first event of each range tells of the field: an event of the field's company, of a type that
 * carries it, among the next twenty of that type; null where there is none.
 */
async function definitionsAt(
  field: CustomField,
  ranges: { from: bigint; to: bigint }[],
): Promise<(Told | null)[]> {
  const found = await db().$queryRaw<{ place: number; seq: bigint; id: string; at: Date }[]>`
    SELECT DISTINCT ON (range.place) range.place::int AS place, e.seq, e.id, ${VERSION_AT} AS at
    FROM unnest(${ranges.map(({ from }) => from)}::bigint[], ${ranges.map(({ to }) => to)}::bigint[])
      WITH ORDINALITY AS range(first, last, place)
    CROSS JOIN unnest(${typesOf(field)}::text[]) AS type
    CROSS JOIN LATERAL (
      SELECT near.seq FROM (
        SELECT n.seq, n.company_uuid, n.body_size FROM webhook_event n
        WHERE (n.event_type, n.status, n.seq) >= (type, 'applied'::event_status, range.first)
          AND (n.event_type, n.status, n.seq) <= (type, 'applied'::event_status, range.last)
        ORDER BY n.event_type, n.status, n.seq LIMIT ${NEXT_LOOKED_AT}) near
      WHERE near.company_uuid = ${field.companyUuid} AND near.body_size <= ${MAX_BODY_BYTES}
      ORDER BY near.seq LIMIT 1) hit
    JOIN webhook_event e ON e.seq = hit.seq
    ORDER BY range.place, e.seq`
  const snapshots = await readSnapshots(found.map(({ seq }) => seq))
  const told = new Map(
    found.flatMap(({ place, ...event }) => {
      const fields = snapshots.get(event.seq)?.customFields ?? []
      const definition = fields.find(({ uuid }) => uuid === field.uuid)
      if (!definition) return []
      return [[place, { ...event, label: definition.label, type: definition.type }] as const]
    }),
  )
  return ranges.map((_, n) => told.get(n + 1) ?? null)
}

function typesOf({ partnerships, contacts }: CustomField): string[] {
  const ofPartnerships = partnerships > 0 || contacts === 0
  return [
    ...(ofPartnerships ? ['partner_created', 'partner_updated'] : []),
    ...(ofPartnerships && contacts === 0
      ? []
      : ['partner_contact_created', 'partner_contact_updated']),
  ]
}

// An event that came late tells what held before: it is no change, and the next one none back.
function withoutLate(told: Told[]): Told[] {
  let latest = new Date(-8.64e15)
  return told.filter(({ at }) => {
    if (at < latest) return false
    latest = at
    return true
  })
}

function changesAmong(told: Told[]): Pair[] {
  return told.flatMap((after, n) => {
    const before = told[n - 1]
    return before && !isSame(before, after) ? [{ before, after }] : []
  })
}

function isSame(a: Told, b: Told): boolean {
  return a.label === b.label && a.type === b.type
}

function toChange({ before, after }: Pair): FieldChange {
  const definition = ({ label, type }: Told) => ({
    label: label === null ? null : label.slice(0, MAX_LABEL).toWellFormed(),
    type,
  })
  return {
    eventId: after.id,
    at: after.at,
    before: definition(before),
    after: definition(after),
  }
}
