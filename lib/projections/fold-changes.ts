import type { Changes, Keyed, MessageRow } from './changes'
import { isLater, type Version } from './version'

// Stored text never holds U+0000, so that no two keys run together.
const SEPARATOR = '\u0000'

/**
 * Folds what a batch of events says to one row an entity: the winning one. Children (custom field
 * values, attachments) stand in their owner's row and win or lose with it. The outcome does not depend
 * on the order of the list, nor on an event standing in it twice.
 */
export function foldChanges(list: Changes[]): Changes {
  return {
    partnerships: foldRows(list, 'partnerships', entityKey, latestKeepingFirst),
    contacts: foldRows(list, 'contacts', entityKey, latestKeepingFirst),
    customFields: foldRows(list, 'customFields', entityKey, latestKeepingFirst),
    rooms: foldRows(list, 'rooms', entityKey, latestKeepingFirst),
    messages: foldRows(list, 'messages', entityKey, mergeMessages),
    authors: foldRows(list, 'authors', entityKey, latest),
    integrationSettings: foldRows(list, 'integrationSettings', settingKey, latest),
  }
}

/** A key of an entity as one text, for maps. */
export function entityKey({ companyUuid, uuid }: Keyed): string {
  return companyUuid + SEPARATOR + uuid
}

function settingKey(row: Changes['integrationSettings'][number]): string {
  return [row.companyUuid, row.sectionId, row.settingId].join(SEPARATOR)
}

function foldRows<Table extends keyof Changes>(
  list: Changes[],
  table: Table,
  keyOf: (row: Changes[Table][number]) => string,
  merge: (a: Changes[Table][number], b: Changes[Table][number]) => Changes[Table][number],
): Changes[Table] {
  const rows = new Map<string, Changes[Table][number]>()
  for (const changes of list) {
    for (const row of changes[table]) {
      const key = keyOf(row)
      const known = rows.get(key)
      rows.set(key, known ? merge(known, row) : row)
    }
  }
  return [...rows.values()] as Changes[Table]
}

function latest<Row extends Version>(a: Row, b: Row): Row {
  return isLater(b, a) ? b : a
}

// The earliest moment is kept apart from the version: an event that loses still tells when it began.
function latestKeepingFirst<Row extends Version & { firstEventAt: Date }>(a: Row, b: Row): Row {
  const winner = latest(a, b)
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
