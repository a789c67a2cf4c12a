import type { Changes, Keyed, MessageRow, RoomRow } from './changes'
import { isLater, type Version } from './version'

// Stored text never holds U+0000, so that no two keys run together.
const SEPARATOR = '\u0000'

// A map a company: joining the two parts of a key for every row would cost more than the fold itself.
type Rows<Row> = Map<string, Map<string, Row>>

/**
 * Folds what the events of a batch say to one row an entity: the winning one. Children (custom field
 * values, attachments) stand in their owner's row and win or lose with it. The outcome does not depend
 * on the order in which changes are added, nor on the same ones being added twice.
 */
export class ChangeFold {
  private readonly rows: { [Table in keyof Changes]: Rows<Changes[Table][number]> } = {
    partnerships: new Map(),
    contacts: new Map(),
    customFields: new Map(),
    rooms: new Map(),
    messages: new Map(),
    authors: new Map(),
    integrationSettings: new Map(),
  }

  /** Adds what one event says. What loses is let go of at once, so that it costs no memory. */
  add(changes: Changes): void {
    const { rows } = this
    addRows(rows.partnerships, changes.partnerships, uuidOf, latestKeepingFirst)
    addRows(rows.contacts, changes.contacts, uuidOf, latestKeepingFirst)
    addRows(rows.customFields, changes.customFields, uuidOf, latestKeepingFirst)
    addRows(rows.rooms, changes.rooms, uuidOf, mergeRooms)
    addRows(rows.messages, changes.messages, uuidOf, mergeMessages)
    addRows(rows.authors, changes.authors, uuidOf, latest)
    addRows(rows.integrationSettings, changes.integrationSettings, settingOf, latest)
  }

  /** The winning rows so far. */
  result(): Changes {
    const { rows } = this
    return {
      partnerships: listRows(rows.partnerships),
      contacts: listRows(rows.contacts),
      customFields: listRows(rows.customFields),
      rooms: listRows(rows.rooms),
      messages: listRows(rows.messages),
      authors: listRows(rows.authors),
      integrationSettings: listRows(rows.integrationSettings),
    }
  }
}

function addRows<R extends { companyUuid: string }>(
  companies: Rows<R>,
  added: R[],
  keyOf: (row: R) => string,
  merge: (a: R, b: R) => R,
): void {
  for (const row of added) {
    let rows = companies.get(row.companyUuid)
    if (!rows) companies.set(row.companyUuid, (rows = new Map<string, R>()))
    const key = keyOf(row)
    const known = rows.get(key)
    rows.set(key, known ? merge(known, row) : row)
  }
}

function listRows<R>(companies: Rows<R>): R[] {
  return [...companies.values()].flatMap((rows) => [...rows.values()])
}

/** A key of an entity as one text, for maps. */
export function entityKey({ companyUuid, uuid }: Keyed): string {
  return companyUuid + SEPARATOR + uuid
}

function uuidOf(row: Keyed): string {
  return row.uuid
}

function settingOf(row: Changes['integrationSettings'][number]): string {
  return row.sectionId + SEPARATOR + row.settingId
}

function latest<Row extends Version>(a: Row, b: Row): Row {
  return isLater(b, a) ? b : a
}

// The earliest moment is kept apart from the version: an event that loses still tells when it began.
function latestKeepingFirst<Row extends Version & { firstEventAt: Date }>(a: Row, b: Row): Row {
  return keepingFirst(latest(a, b), a, b)
}

// A message that does not name the partnership says nothing about it: it must not blank a known one.
function mergeRooms(a: RoomRow, b: RoomRow): RoomRow {
  const difference = namedOf(a) - namedOf(b)
  return keepingFirst(difference === 0 ? latest(a, b) : difference > 0 ? a : b, a, b)
}

// The order of `known` in write-rooms.ts: the partnership counts before its type.
function namedOf(row: RoomRow): number {
  return (row.partnershipUuid === null ? 0 : 2) + (row.partnerType === null ? 0 : 1)
}

function keepingFirst<Row extends { firstEventAt: Date }>(winner: Row, a: Row, b: Row): Row {
  const firstEventAt = earlier(a.firstEventAt, b.firstEventAt)
  return winner.firstEventAt === firstEventAt ? winner : { ...winner, firstEventAt }
}

function mergeMessages(a: MessageRow, b: MessageRow): MessageRow {
  return {
    companyUuid: a.companyUuid,
    uuid: a.uuid,
    firstEventAt: earlier(a.firstEventAt, b.firstEventAt),
    content: a.content && b.content ? latest(a.content, b.content) : (a.content ?? b.content),
    deletion:
      a.deletion && b.deletion ? earliest(a.deletion, b.deletion) : (a.deletion ?? b.deletion),
  }
}

function earliest<Row extends Version>(a: Row, b: Row): Row {
  return isLater(a, b) ? b : a
}

function earlier(a: Date, b: Date): Date {
  return b < a ? b : a
}
