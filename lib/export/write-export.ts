import type { Cell, ExportColumn, ExportRows } from './cell'
import { BYTE_ORDER_MARK, csvLine } from './csv'

export const EXPORT_FORMATS = ['csv', 'json'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/**
 * Writes rows as a file, piece by piece. CSV: a line of labels, then one line a row; labels that several columns
 * have are followed by the columns' keys. JSON: an object with the list, its columns, `rows` keyed by column,
 * and last their `count`.
 *
 * @throws Error when there are not as many rows as were announced: then the file must not look whole.
 */
export async function* writeExport(
  source: ExportRows,
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  const { columns, count } = source
  yield format === 'csv' ? csvHead(columns) : jsonHead(source)
  let written = 0
  for await (const batch of source.batches) {
    yield format === 'csv' ? batch.map(csvLine).join('') : jsonRows(columns, batch, written > 0)
    written += batch.length
  }
  if (written !== count) {
    throw new Error(`the export has ${written} rows where ${count} were announced`)
  }
  if (format === 'json') yield `\n],"count":${count}}\n`
}

function csvHead(columns: ExportColumn[]): string {
  return BYTE_ORDER_MARK + csvLine(distinctLabels(columns))
}

// Two fields may have one label, and a program reads the columns of a file by their names.
function distinctLabels(columns: ExportColumn[]): string[] {
  const times = new Map<string, number>()
  for (const { label } of columns) times.set(label, (times.get(label) ?? 0) + 1)
  return columns.map(({ key, label }) =>
    (times.get(label) ?? 0) > 1 ? `${label} (${key})` : label,
  )
}

function jsonHead({ list, columns }: ExportRows): string {
  const described = columns.map(({ key, label, type }) => ({ key, label, type }))
  return `{"list":${JSON.stringify(list)},"columns":${JSON.stringify(described)},"rows":[\n`
}

function jsonRows(columns: ExportColumn[], rows: Cell[][], follow: boolean): string {
  if (rows.length === 0) return ''
  const names = columns.map(({ key }) => JSON.stringify(key))
  // Pair by pair: as a property of an object, a key such as "__proto__" would be lost.
  const lines = rows.map(
    (row) => `{${names.map((name, i) => `${name}:${JSON.stringify(row[i] ?? null)}`).join(',')}}`,
  )
  return (follow ? ',\n' : '') + lines.join(',\n')
}
