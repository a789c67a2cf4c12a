import { Prisma, type Transaction } from '@/lib/db'
import { FILLED_VALUE } from '@/lib/filled-value'
import type { CustomFieldOwner } from '@/lib/generated/prisma/enums'
import { entityKey } from '@/lib/projections/change-fold'
import type { Keyed } from '@/lib/projections/changes'
import type { CountSources } from './count-sources'
import type { WrittenKey } from './lower-first-event-at'

/** By how many owners a batch fills a custom field more, or less. */
export type FieldDelta = {
  company_uuid: string
  uuid: string
  partnerships: number
  contacts: number
}

/** Adds up in how many partnerships and contacts a batch fills custom fields; `moveFieldCounts` writes it. */
export class FieldCounts {
  private readonly deltas = new Map<string, FieldDelta>()

  /** A field that the batch names, whether or not anything changes for it. */
  touch(companyUuid: string, uuid: string): void {
    this.deltaOf(companyUuid, uuid)
  }

  add(owner: CustomFieldOwner, companyUuid: string, uuid: string, count: number): void {
    this.deltaOf(companyUuid, uuid)[owner === 'partnership' ? 'partnerships' : 'contacts'] += count
  }

  /** Every field that was named. */
  touched(): FieldDelta[] {
    return [...this.deltas.values()]
  }

  /** Those that change something. */
  result(): FieldDelta[] {
    return [...this.deltas.values()].filter(
      ({ partnerships, contacts }) => partnerships !== 0 || contacts !== 0,
    )
  }

  private deltaOf(companyUuid: string, uuid: string): FieldDelta {
    const key = entityKey({ companyUuid, uuid })
    const known = this.deltas.get(key)
    if (known) return known
    const delta = { company_uuid: companyUuid, uuid, partnerships: 0, contacts: 0 }
    this.deltas.set(key, delta)
    return delta
  }
}

/**
 * Locks the fields that lost a value and that no event of the batch lists, together with those that it
 * does, in the order of their keys. Mostly there are none: then the upsert of the listed ones locks all.
 */
export async function lockUnlistedFields(
  tx: Transaction,
  deltas: WrittenKey[],
  listed: Keyed[],
): Promise<void> {
  const keys = new Set(listed.map(entityKey))
  const unlisted = deltas.filter(
    ({ company_uuid, uuid }) => !keys.has(entityKey({ companyUuid: company_uuid, uuid })),
  )
  if (unlisted.length === 0) return
  const all = [
    ...unlisted.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })),
    ...listed.map(({ companyUuid, uuid }) => ({ company_uuid: companyUuid, uuid })),
  ]
  await tx.$queryRaw`
    SELECT f.uuid
    FROM json_to_recordset(${JSON.stringify(all)}::json) AS x(company_uuid text, uuid text)
    JOIN custom_field f ON f.company_uuid = x.company_uuid AND f.uuid = x.uuid
    ORDER BY f.company_uuid COLLATE "C", f.uuid COLLATE "C"
    FOR UPDATE OF f`
}

/** Moves the counts of custom fields, whose rows are locked. */
export async function moveFieldCounts(tx: Transaction, deltas: FieldDelta[]): Promise<void> {
  if (deltas.length === 0) return
  await tx.$executeRaw`
    UPDATE custom_field f
    SET partnership_count = f.partnership_count + x.partnerships,
        contact_count = f.contact_count + x.contacts
    FROM json_to_recordset(${JSON.stringify(deltas)}::json)
      AS x(company_uuid text, uuid text, partnerships int, contacts int)
    WHERE f.company_uuid = x.company_uuid AND f.uuid = x.uuid`
}

/**
 * Counts who fills custom fields, whose rows are locked, and writes it where it is not what stands there. What
 * `moveFieldCounts` moves by differences comes out the same; this also repairs, and reads an index of all values
 * of a field.
 *
 * @returns How many were another.
 */
export async function recountFields(
  tx: Transaction,
  fields: WrittenKey[],
  { custom_field_value: values }: CountSources,
): Promise<number> {
  const keys = JSON.stringify(fields.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })))
  return tx.$executeRaw`
    UPDATE custom_field f
    SET partnership_count = counted.partnerships, contact_count = counted.contacts
    FROM json_to_recordset(${keys}::json) AS x(company_uuid text, uuid text)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE v.owner_type = 'partnership')::int AS partnerships,
        count(*) FILTER (WHERE v.owner_type = 'contact')::int AS contacts
      FROM ${values} v
      WHERE v.company_uuid = x.company_uuid AND v.field_uuid = x.uuid AND ${Prisma.raw(FILLED_VALUE)}
    ) counted
    WHERE f.company_uuid = x.company_uuid AND f.uuid = x.uuid
      AND (f.partnership_count, f.contact_count) IS DISTINCT FROM (counted.partnerships, counted.contacts)`
}
