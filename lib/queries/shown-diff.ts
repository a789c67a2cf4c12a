import type { ColumnChange, SnapshotDiff, ValueChange } from '@/lib/projections/snapshot-diff'
import { shownColumns, shownFieldValues, shownTexts, type ShownValue } from './shown-value'

const MAX_LABEL = 300

/** What a line of a diff is about: a column of the read model, or a custom field and one of its sides. */
export type ShownSubject =
  | { column: string }
  | { fieldUuid: string; label: string | null; aspect: 'value' | 'label' | 'type' }

/** One line of a diff; null stands for nothing: no value, or no such field. */
export type ShownChange = {
  subject: ShownSubject
  before: ShownValue | null
  after: ShownValue | null
}

/**
 * A diff for a page: the lines in which there is something to see, the number of those after them, and
 * whether the only changes are ones that nobody could see: of ids, of the order, of one empty value to another.
 */
export type ShownDiff = { changes: ShownChange[]; more: number; onlyUnseen: boolean }

/**
 * @param limit How many lines a page shows.
 * @param skip How many were shown on the pages before.
 */
export function shownDiff(diff: SnapshotDiff<string>, limit: number, skip = 0): ShownDiff {
  const changed = new Set(diff.columns.map(({ column }) => column))
  // Beside another label the other id says nothing more.
  const columns = diff.columns.filter(({ column }) => !changed.has(labelOf(column)))
  const lines = [...columns.map(columnLine), ...diff.values.flatMap(valueLines)]
  const seen = lines.filter(({ before, after }) => before !== null || after !== null)
  return {
    changes: seen.slice(skip, skip + limit),
    more: Math.max(0, seen.length - skip - limit),
    onlyUnseen: seen.length === 0 && diff.columns.length + diff.values.length > 0,
  }
}

function labelOf(column: string): string {
  return column.endsWith('Uuid') ? column.replace(/Uuid$/, 'Label') : ''
}

function columnLine({ column, before, after }: ColumnChange<string>): ShownChange {
  const [old, now] = shownColumns(before, after)
  return { subject: { column }, before: old, after: now }
}

function valueLines({ fieldUuid, before, after }: ValueChange): ShownChange[] {
  const label = (after ?? before)?.label?.slice(0, MAX_LABEL).toWellFormed() ?? null
  const [old, now] = shownFieldValues(before, after)
  const value = { subject: { fieldUuid, label, aspect: 'value' as const }, before: old, after: now }
  if (!before || !after) return [value]
  const lines: ShownChange[] = []
  for (const aspect of ['label', 'type'] as const) {
    if (before[aspect] === after[aspect]) continue
    const [was, is] = shownTexts(before[aspect], after[aspect])
    lines.push({ subject: { fieldUuid, label, aspect }, before: was, after: is })
  }
  // A value that is the same in both was sent with another id or at another place.
  return JSON.stringify(old) === JSON.stringify(now) ? lines : [...lines, value]
}
