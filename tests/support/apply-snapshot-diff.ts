import type { PartnershipRow } from '@/lib/projections/changes'
import type { PartnershipColumn, SnapshotDiff } from '@/lib/projections/snapshot-diff'

export type PartnershipSnapshot = Pick<PartnershipRow, PartnershipColumn | 'customFieldValues'>

/** The snapshot that a diff leads to; `before` is null for the diff of the first one. */
export function applySnapshotDiff(
  before: PartnershipSnapshot | null,
  diff: SnapshotDiff<PartnershipColumn>,
): PartnershipSnapshot {
  const changed = diff.columns.map(({ column, after }) => [column, after])
  const values = new Map(before?.customFieldValues.map((each) => [each.fieldUuid, each]))
  for (const { fieldUuid, after } of diff.values) {
    if (after) values.set(fieldUuid, after)
    else values.delete(fieldUuid)
  }
  const customFieldValues = [...values.values()].sort((a, b) => a.position - b.position)
  return {
    ...(before as PartnershipSnapshot),
    ...(Object.fromEntries(changed) as Partial<PartnershipSnapshot>),
    customFieldValues,
  }
}
