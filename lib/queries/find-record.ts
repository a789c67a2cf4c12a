import type { RecordKey } from './record-key'

/**
 * What an address that carries only a uuid leads to: one record, several with this uuid (one a company),
 * one of which only related records were received so far, or nothing.
 */
export type RecordSearch<Record> =
  | { kind: 'found'; record: Record }
  | { kind: 'choice'; options: RecordOption[] }
  | { kind: 'awaited'; key: RecordKey }
  | { kind: 'unknown' }

/** One of several records with the same uuid; `name` is null when it has none or was not received yet. */
export type RecordOption = RecordKey & { name: string | null }
