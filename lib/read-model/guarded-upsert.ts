import { Prisma, type Transaction } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'

/** A row as JSON takes it: dates and 64-bit integers as text. */
export type JsonRecord<Column extends string> = Record<Column, unknown>

export type TableShape<Column extends string, Key extends Column, Told extends Column> = {
  table: string
  key: readonly Key[]
  /** Every column that comes from the projections, with its Postgres type. */
  columns: Record<Column, string>
  /** Columns of which one that is known counts before the version: null never replaces a value. */
  known?: readonly NoInfer<Column>[]
  /** Columns of text that come back from a write beside the key. */
  told?: readonly Told[]
}

/** A row that changed, and whether it was not there before. */
export type WrittenRow<Key extends string, Told extends string> = Record<Key, string> &
  Record<Told, string | null> & { inserted: boolean }

/** The columns in which every row says which event wrote it. */
export const VERSION_COLUMNS = { occurred_at: 'timestamptz', event_seq: 'bigint' } as const

/** The version of a row as JSON takes it. */
export function versionRecord(row: { occurredAt: Date; eventSeq: bigint }) {
  return { occurred_at: row.occurredAt, event_seq: String(row.eventSeq) }
}

/**
 * Makes the one statement that writes a table of the read model: every row of a batch is inserted, or
 * replaces the one that is there if its version is later. An equal version replaces what an older projector
 * wrote of the same event, and what is not what the event says: so a replay repairs a row. Rows are locked
 * in the order of their keys, so that two batches never wait for each other.
 *
 * The rows are one JSON text parameter: with large texts that costs a fraction of arrays of text.
 *
 * @returns A function that writes records and returns the rows that changed.
 */
export function guardedUpsert<
  Column extends string,
  Key extends Column,
  Told extends Column = never,
>(shape: TableShape<Column, Key, Told>) {
  const columns = Object.keys(shape.columns) as Column[]
  const names = columns.join(', ')
  const recordset = columns.map((column) => `${column} ${shape.columns[column]}`).join(', ')
  const head = Prisma.raw(
    `INSERT INTO ${shape.table} AS t (${names}, projector_version)
     SELECT ${names}, ${PROJECTOR_VERSION} FROM json_to_recordset(`,
  )
  const tail = Prisma.raw(
    `::json) AS x(${recordset})
     ORDER BY ${byKey(shape.key)}
     ON CONFLICT (${shape.key.join(', ')}) DO UPDATE SET ${assignments(shape)},
       projector_version = excluded.projector_version
     WHERE (${rank('t', shape.known)}) < (${rank('excluded', shape.known)})
       OR ((${rank('t', shape.known)}) = (${rank('excluded', shape.known)})
         AND (${said('t', shape)}) IS DISTINCT FROM (${said('excluded', shape)}))
     RETURNING ${[...shape.key, ...(shape.told ?? [])].map((column) => `t.${column}`).join(', ')},
       t.xmax = 0 AS inserted`,
  )
  return async (tx: Transaction, records: JsonRecord<Column>[]) => {
    if (records.length === 0) return []
    return tx.$queryRaw<WrittenRow<Key, Told>[]>(
      Prisma.sql`${head}${JSON.stringify(records)}${tail}`,
    )
  }
}

// Byte order: cheap, and the same in every database.
function byKey(key: readonly string[]): string {
  return key.map((column) => `${column} COLLATE "C"`).join(', ')
}

function rank(row: 't' | 'excluded', known: readonly string[] = []): string {
  const version = ['occurred_at', 'event_seq', 'projector_version']
  return [
    ...known.map((column) => `${row}.${column} IS NOT NULL`),
    ...version.map((column) => `${row}.${column}`),
  ].join(', ')
}

// What the event says, apart from the version, which is compared before, and from the first moment, which
// earlier events may have told.
function said<Column extends string>(
  row: 't' | 'excluded',
  shape: TableShape<Column, Column, Column>,
): string {
  const apart: readonly string[] = [...shape.key, ...Object.keys(VERSION_COLUMNS), 'first_event_at']
  return Object.keys(shape.columns)
    .filter((column) => !apart.includes(column))
    .map((column) => `${row}.${column}`)
    .join(', ')
}

function assignments<Column extends string>(shape: TableShape<Column, Column, Column>): string {
  return Object.keys(shape.columns)
    .filter((column) => !(shape.key as readonly string[]).includes(column))
    .map((column) =>
      column === 'first_event_at'
        ? 'first_event_at = LEAST(t.first_event_at, excluded.first_event_at)'
        : `${column} = excluded.${column}`,
    )
    .join(', ')
}
