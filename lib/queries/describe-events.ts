import { db } from '@/lib/db'
import type { Changes, ContactRow, PartnershipRow } from '@/lib/projections/changes'
import {
  CONTACT_COLUMNS,
  diffSnapshots,
  PARTNERSHIP_COLUMNS,
} from '@/lib/projections/snapshot-diff'
import { findVersionPlaces, type VersionPlace } from './find-version-places'
import type { ActivityEvent } from './list-partnership-activity'
import { readSnapshots, seqsWithin } from './read-snapshots'
import type { RecordKey } from './record-key'
import { shownDiff, type ShownDiff } from './shown-diff'

/** So many changes of an event are shown at once; further ones are a page of their own. */
export const SHOWN_LINES = 100
// Of all events of a page together, but a few of each in any case: a line is two kilobytes of a page.
const LINES_OF_PAGE = 200
const LEAST_LINES = 5
// Parsed they take several times as much, and the process takes deliveries, too.
const MAX_BYTES = 4 * 1024 * 1024
const SHOWN_CONTACTS = 10
const EXCERPT = 300

/** Names of a user, as messages have told them; null when that user has written none. */
export type ActorNames = {
  firstName: string | null
  lastName: string | null
  email: string | null
} | null

/**
 * What a version of a partnership or a contact changed. `first`: there is no earlier version to compare it
 * with. `late`: a later version had arrived before it, so that it never was the current one.
 */
export type VersionChange = { diff: ShownDiff; first: boolean; late: boolean }

export type ContactChange = VersionChange & {
  uuid: string
  firstName: string | null
  lastName: string | null
  email: string | null
}

/** What an event says, for somebody who reads a history. */
export type EventContent =
  | ({ kind: 'partnership' } & VersionChange)
  | { kind: 'contacts'; contacts: ContactChange[]; more: number }
  | {
      kind: 'message'
      author: ActorNames
      /** Null when there is no text, or when the message has been deleted since. */
      excerpt: string | null
      fileCount: number
      deletedSince: boolean
    }
  /** Its body, or one that it is to be compared with, does not fit into what is read for a page. */
  | { kind: 'large' }
  /** It has no effect, or its body does not pass today's schema. */
  | { kind: 'nothing' }

export type EventStory = { actor: ActorNames; content: EventContent }

type Told = {
  snapshots: Map<bigint, Changes>
  partnerships: Map<string, VersionPlace>
  contacts: Map<string, VersionPlace>
  authors: Map<string, NonNullable<ActorNames>>
  deleted: Set<string>
  /** Events whose bodies are not read, and those that others should be compared with. */
  left: { own: Set<bigint>; before: Set<bigint> }
  lines: (shown: (limit: number) => ShownDiff) => ShownDiff
  skip: number
}

/**
 * What each of a page's events says, and who sent it. Reads their bodies and those just before them, up to 4 MiB of
 * each, in the order of the events.
 *
 * @param skip How many changes of each event are passed over.
 */
export async function describeEvents(
  { companyUuid }: RecordKey,
  events: ActivityEvent[],
  skip = 0,
): Promise<EventStory[]> {
  const applied = events.filter(({ status }) => status === 'applied').map(({ seq }) => seq)
  const fitting = await seqsWithin(applied, MAX_BYTES)
  const own = await readSnapshots(fitting)
  const says = [...own].flatMap(([seq, { partnerships, contacts }]) => ({
    partnerships: partnerships.map(({ uuid }) => ({ seq, subjectUuid: uuid })),
    contacts: contacts.slice(0, SHOWN_CONTACTS).map(({ uuid }) => ({ seq, subjectUuid: uuid })),
  }))
  const [partnerships, contacts, authors, deleted] = await Promise.all([
    findVersionPlaces(
      'partnership',
      says.flatMap((each) => each.partnerships),
    ),
    findVersionPlaces(
      'contact',
      says.flatMap((each) => each.contacts),
    ),
    readAuthors(companyUuid, [...events.map(({ userUuid }) => userUuid), ...authorsIn(own)]),
    deletedMessages(companyUuid, events),
  ])
  const places = new Map<bigint, bigint[]>()
  for (const { seq, beforeSeq } of [...partnerships, ...contacts]) {
    if (beforeSeq !== null) places.set(seq, [...(places.get(seq) ?? []), beforeSeq])
  }
  const wanted = applied.flatMap((seq) => places.get(seq) ?? []).filter((seq) => !own.has(seq))
  const before = await seqsWithin(wanted, MAX_BYTES)
  const told: Told = {
    snapshots: new Map([...(await readSnapshots(before)), ...own]),
    partnerships: byVersionKey(partnerships),
    contacts: byVersionKey(contacts),
    authors,
    deleted,
    left: {
      own: new Set(applied.filter((seq) => !fitting.has(seq))),
      before: new Set(wanted.filter((seq) => !before.has(seq))),
    },
    lines: lineBudget(),
    skip,
  }
  return events.map((event) => ({
    actor: authors.get(event.userUuid) ?? null,
    content: contentOf(event, told),
  }))
}

function contentOf(event: ActivityEvent, told: Told): EventContent {
  if (told.left.own.has(event.seq)) return { kind: 'large' }
  const says = event.status === 'applied' ? told.snapshots.get(event.seq) : undefined
  const [partnership] = says?.partnerships ?? []
  const [message] = says?.messages ?? []
  if (partnership && isLeft(partnership, told.partnerships, told)) return { kind: 'large' }
  if (partnership) return { kind: 'partnership', ...partnershipChange(partnership, told) }
  if (says && says.contacts.length > 0) {
    const shown = says.contacts.slice(0, SHOWN_CONTACTS)
    if (shown.some((contact) => isLeft(contact, told.contacts, told))) return { kind: 'large' }
    return {
      kind: 'contacts',
      contacts: shown.map((contact) => contactChange(contact, told)),
      more: says.contacts.length - shown.length,
    }
  }
  if (!message) return { kind: 'nothing' }
  const deletedSince = told.deleted.has(message.uuid)
  return {
    kind: 'message',
    author: told.authors.get(message.content?.authorUuid ?? '') ?? null,
    excerpt: deletedSince ? null : start(message.content?.content ?? null),
    fileCount: deletedSince ? 0 : (message.content?.attachments.length ?? 0),
    deletedSince,
  }
}

function partnershipChange(row: PartnershipRow, told: Told): VersionChange {
  const place = told.partnerships.get(versionKey(row.eventSeq, row.uuid))
  const before = snapshotBefore(place, told)?.partnerships.find(({ uuid }) => uuid === row.uuid)
  const diff = diffSnapshots(before ?? null, row, PARTNERSHIP_COLUMNS)
  return change(diff, before === undefined, place, told)
}

function contactChange(row: ContactRow, told: Told): ContactChange {
  const place = told.contacts.get(versionKey(row.eventSeq, row.uuid))
  const before = snapshotBefore(place, told)?.contacts.find(({ uuid }) => uuid === row.uuid)
  const diff = diffSnapshots(before ?? null, row, CONTACT_COLUMNS)
  return {
    uuid: row.uuid,
    firstName: start(row.firstName),
    lastName: start(row.lastName),
    email: start(row.email),
    ...change(diff, before === undefined, place, told),
  }
}

function change(
  diff: Parameters<typeof shownDiff>[0],
  first: boolean,
  place: VersionPlace | undefined,
  { lines, skip }: Told,
): VersionChange {
  const shown = lines((limit) => shownDiff(diff, limit, skip))
  return { diff: shown, first, late: place?.late ?? false }
}

function lineBudget(): Told['lines'] {
  let left = LINES_OF_PAGE
  return (shown) => {
    const diff = shown(Math.min(SHOWN_LINES, Math.max(LEAST_LINES, left)))
    left -= diff.changes.length
    return diff
  }
}

// Without the version before it everything would look changed.
function isLeft(
  { eventSeq, uuid }: { eventSeq: bigint; uuid: string },
  places: Told['partnerships'],
  { left }: Told,
): boolean {
  const before = places.get(versionKey(eventSeq, uuid))?.beforeSeq
  return before != null && left.before.has(before)
}

function snapshotBefore(place: VersionPlace | undefined, told: Told): Changes | undefined {
  return place?.beforeSeq == null ? undefined : told.snapshots.get(place.beforeSeq)
}

function byVersionKey(places: VersionPlace[]): Map<string, VersionPlace> {
  return new Map(places.map((place) => [versionKey(place.seq, place.subjectUuid), place]))
}

function versionKey(seq: bigint, uuid: string): string {
  return `${seq} ${uuid}`
}

function authorsIn(snapshots: Map<bigint, Changes>): string[] {
  return [...snapshots.values()].flatMap(({ messages }) =>
    messages.flatMap(({ content }) => content?.authorUuid ?? []),
  )
}

async function readAuthors(companyUuid: string, uuids: string[]) {
  const rows = await db().$queryRaw<({ uuid: string } & NonNullable<ActorNames>)[]>`
    SELECT uuid, left(first_name, 200) AS "firstName", left(last_name, 200) AS "lastName",
      left(email, 200) AS email
    FROM author WHERE company_uuid = ${companyUuid} AND uuid = ANY(${[...new Set(uuids)]})`
  return new Map(rows.map(({ uuid, ...names }) => [uuid, names]))
}

async function deletedMessages(companyUuid: string, events: ActivityEvent[]) {
  const uuids = events.flatMap(({ messageUuid }) => messageUuid ?? [])
  if (uuids.length === 0) return new Set<string>()
  const rows = await db().$queryRaw<{ uuid: string }[]>`
    SELECT uuid FROM message
    WHERE company_uuid = ${companyUuid} AND uuid = ANY(${uuids}) AND deleted_at IS NOT NULL`
  return new Set(rows.map(({ uuid }) => uuid))
}

function start(text: string | null): string | null {
  return text === null ? null : text.slice(0, EXCERPT).toWellFormed()
}
