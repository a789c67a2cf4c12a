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

type Lookups<Record> = {
  /** One option for each company that has or mentions the uuid. */
  companiesWith(uuid: string): Promise<RecordOption[]>
  read(key: RecordKey): Promise<Record | null>
  /** Whether anything that was received names the record. */
  isMentioned(key: RecordKey): Promise<boolean>
}

/** Looks a record up by its uuid; `companyUuid` tells which when several companies have it. */
export async function searchRecord<Record>(
  uuid: string,
  companyUuid: string | undefined,
  { companiesWith, read, isMentioned }: Lookups<Record>,
): Promise<RecordSearch<Record>> {
  const options =
    companyUuid === undefined ? await companiesWith(uuid) : [{ companyUuid, uuid, name: null }]
  const [first] = options
  if (!first) return { kind: 'unknown' }
  if (options.length > 1) return { kind: 'choice', options }
  const key = { companyUuid: first.companyUuid, uuid }
  const record = await read(key)
  if (record) return { kind: 'found', record }
  return (await isMentioned(key)) ? { kind: 'awaited', key } : { kind: 'unknown' }
}

/** One of several records with the same uuid; `name` is null when it has none or was not received yet. */
export type RecordOption = RecordKey & { name: string | null }
