import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import type { CustomFieldValueRow, PartnershipRow } from '@/lib/projections/changes'
import {
  diffSnapshots,
  PARTNERSHIP_COLUMNS,
  type PartnershipColumn,
} from '@/lib/projections/snapshot-diff'
import { isEventId } from '@/lib/schemas/is-event-id'
import { byVersion, isPartnershipVersion, VERSION_AT, versionIs } from './event-versions'
import { foldPartnership, type VersionEvent } from './fold-partnership'
import type { RecordKey } from './record-key'
import { shownColumns, shownFieldValues, type ShownPair } from './shown-value'
import { versionCursor } from './version-cursor'

const SHOWN_FIELDS = 300
const LATER_SHOWN = 5

/** An event that a view "as of" is about; `received` tells when it came, `at` when it was sent. */
export type ChosenEvent = VersionEvent & { eventType: string; status: EventStatus }

/** A line of the comparison: the value then, and now. */
export type ComparedLine = {
  subject: { column: PartnershipColumn } | { fieldUuid: string; label: string | null }
  pair: ShownPair
  differs: boolean
}

/**
 * A partnership as it stood at an event, beside how it is now. `then` is null when no partner event had been
 * sent by that time. Texts are cut to 300 characters, around where the two differ; custom fields to 300.
 */
export type AsOf = {
  chosen: ChosenEvent
  then: VersionEvent | null
  now: VersionEvent
  lines: ComparedLine[]
  moreFields: number
  differing: number
  /** The versions of the partnership before and after the chosen event; null at the ends. */
  earlierId: string | null
  laterId: string | null
}

/**
 * @param eventId The chosen event, of whatever type; without one it is the newest version.
 * @returns null for a partnership of which no event could be applied.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when there is no such event about this partnership.
 */
export async function comparePartnershipAsOf(
  key: RecordKey,
  eventId: string | undefined,
): Promise<AsOf | null> {
  await requireUser()
  const now = await foldPartnership(key)
  const id = eventId ?? now?.event.id
  if (id === undefined) return null
  const chosen = await findEventOf(key, id)
  if (!now) return null
  const [then, earlierId, laterId] = await Promise.all([
    foldPartnership(key, chosen),
    neighbourId(key, versionIs('<', chosen), 'DESC'),
    neighbourId(key, versionIs('>', chosen), 'ASC'),
  ])
  return {
    chosen,
    then: then?.event ?? null,
    now: now.event,
    ...compare(then?.row ?? null, now.row),
    earlierId,
    laterId,
  }
}

/**
 * Where the page of versions starts on which a chosen event is seen with a few later ones above it.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function positionAround(
  key: RecordKey,
  chosen: { at: Date; seq: bigint },
): Promise<PagePosition> {
  await requireUser()
  const later = await db().$queryRaw<{ at: Date; seq: bigint }[]>`
    SELECT ${VERSION_AT} AS at, e.seq FROM webhook_event e
    WHERE ${isPartnershipVersion(key)} AND ${versionIs('>', chosen)}
    ORDER BY ${byVersion('ASC')} LIMIT ${LATER_SHOWN + 1}`
  const above = later[LATER_SHOWN]
  return above ? { after: encodeCursor(versionCursor(above)) } : {}
}

async function findEventOf({ companyUuid, uuid }: RecordKey, id: string): Promise<ChosenEvent> {
  if (isEventId(id)) {
    const [found] = await db().$queryRaw<ChosenEvent[]>`
      SELECT e.id, e.seq, ${VERSION_AT} AS at, e.event_type AS "eventType", e.status
      FROM webhook_event e
      WHERE e.id = ${id}::uuid AND e.company_uuid = ${companyUuid} AND e.partnership_uuid = ${uuid}`
    if (found) return found
  }
  throw new InvalidAddressError('“asOf” names no event about this partnership.')
}

async function neighbourId(key: RecordKey, where: Prisma.Sql, order: 'ASC' | 'DESC') {
  const [found] = await db().$queryRaw<{ id: string }[]>`
    SELECT e.id FROM webhook_event e WHERE ${isPartnershipVersion(key)} AND ${where}
    ORDER BY ${byVersion(order)} LIMIT 1`
  return found?.id ?? null
}

function compare(then: PartnershipRow | null, now: PartnershipRow) {
  const diff = diffSnapshots(then, now, PARTNERSHIP_COLUMNS)
  const changed = new Set<string>(diff.columns.map(({ column }) => column))
  const columns = PARTNERSHIP_COLUMNS.flatMap((column) => {
    const pair = shownColumns(then?.[column] ?? null, now[column])
    // An id is worth a line only where nothing else tells the two apart.
    const label = column.replace(/Uuid$/, 'Label')
    if (label !== column && (!changed.has(column) || changed.has(label))) return []
    return [{ subject: { column }, pair, differs: changed.has(column) && isSeen(pair) }]
  })
  const fields = compareFields(then?.customFieldValues ?? [], now.customFieldValues)
  return {
    lines: [...columns, ...fields.slice(0, SHOWN_FIELDS)],
    moreFields: Math.max(0, fields.length - SHOWN_FIELDS),
    differing: [...columns, ...fields].filter(({ differs }) => differs).length,
  }
}

function compareFields(then: CustomFieldValueRow[], now: CustomFieldValueRow[]): ComparedLine[] {
  const before = new Map(then.map((value) => [value.fieldUuid, value]))
  const listed = new Set(now.map((value) => value.fieldUuid))
  const gone = then.filter((value) => !listed.has(value.fieldUuid))
  const pairs = [
    ...now.map((value) => [before.get(value.fieldUuid) ?? null, value] as const),
    ...gone.map((value) => [value, null] as const),
  ]
  return pairs.map(([old, value]) => {
    const pair = shownFieldValues(old, value)
    const { fieldUuid, label } = (value ?? old)!
    return {
      subject: { fieldUuid, label: label?.slice(0, 300).toWellFormed() ?? null },
      pair,
      differs: JSON.stringify(pair[0]) !== JSON.stringify(pair[1]),
    }
  })
}

function isSeen([then, now]: ShownPair): boolean {
  return then !== null || now !== null
}
