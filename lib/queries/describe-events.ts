import { db } from '@/lib/db'
import type { Changes, ContactRow, PartnershipRow } from '@/lib/projections/changes'
import {
  CONTACT_COLUMNS,
  diffSnapshots,
  PARTNERSHIP_COLUMNS,
} from '@/lib/projections/snapshot-diff'
import { findVersionPlaces, type VersionPlace } from './find-version-places'
import type { ActivityEvent } from './list-partnership-activity'
import { readSnapshots } from './read-snapshots'
import type { RecordKey } from './record-key'
import { shownDiff, type ShownDiff } from './shown-diff'

const SHOWN_LINES = 100
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
  /** It has no effect, or its body does not pass today's schema. */
  | { kind: 'nothing' }

export type EventStory = { actor: ActorNames; content: EventContent }

type Told = {
  snapshots: Map<bigint, Changes>
  partnerships: Map<string, VersionPlace>
  contacts: Map<string, VersionPlace>
  authors: Map<string, NonNullable<ActorNames>>
  deleted: Set<string>
}

/** What each of a page's events says, and who sent it. Reads their bodies and those just before them. */
export async function describeEvents(
  { companyUuid }: RecordKey,
  events: ActivityEvent[],
): Promise<EventStory[]> {
  const applied = events.filter(({ status }) => status === 'applied')
  const own = await readSnapshots(applied.map(({ seq }) => seq))
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
  const before = [...partnerships, ...contacts].flatMap(({ beforeSeq }) => beforeSeq ?? [])
  const told: Told = {
    snapshots: new Map([...(await readSnapshots(before)), ...own]),
    partnerships: byVersionKey(partnerships),
    contacts: byVersionKey(contacts),
    authors,
    deleted,
  }
  return events.map((event) => ({
    actor: authors.get(event.userUuid) ?? null,
    content: contentOf(event, told),
  }))
}

function contentOf(event: ActivityEvent, told: Told): EventContent {
  const says = event.status === 'applied' ? told.snapshots.get(event.seq) : undefined
  const [partnership] = says?.partnerships ?? []
  const [message] = says?.messages ?? []
  if (partnership) return { kind: 'partnership', ...partnershipChange(partnership, told) }
  if (says && says.contacts.length > 0) {
    const shown = says.contacts.slice(0, SHOWN_CONTACTS)
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
  return change(diff, before === undefined, place)
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
    ...change(diff, before === undefined, place),
  }
}

function change(
  diff: Parameters<typeof shownDiff>[0],
  first: boolean,
  place: VersionPlace | undefined,
): VersionChange {
  return { diff: shownDiff(diff, SHOWN_LINES), first, late: place?.late ?? false }
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
