import type { Cell } from './cell'

/** Without it Excel reads UTF-8 as the system's old encoding; what reads UTF-8 knows to skip it. */
export const BYTE_ORDER_MARK = '\ufeff'

const LINE_END = '\r\n'
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$|^$/u
// A spreadsheet takes a cell that begins so for a formula. One that parts cells at another sign than a
// comma sees cells begin after each of these signs, quotation marks or not (OWASP, CSV Injection).
const FORMULA =
  /(?<=^)(?='*[ \u00a0]*[=+\-@＝＋－＠\t\r\n])|(?<=[",;|\t\r\n])(?='*[ \u00a0]*[=+\-@＝＋－＠])/gu
const DEFUSED =
  /(?<=^)'(?='*[ \u00a0]*[=+\-@＝＋－＠\t\r\n])|(?<=[",;|\t\r\n])'(?='*[ \u00a0]*[=+\-@＝＋－＠])/gu

/** One line of a CSV file (RFC 4180) with its line end. Null is an empty field, an empty text is `""`. */
export function csvLine(cells: Cell[]): string {
  return cells.map(csvField).join(',') + LINE_END
}

function csvField(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  if (cell instanceof Date) return cell.toISOString()
  const text = defuse(Array.isArray(cell) ? cell.join('; ') : cell)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Puts an apostrophe before whatever a spreadsheet could run, as spreadsheets themselves mark a text. It
 * can be undone: `fuse` gives the text back.
 */
export function defuse(text: string): string {
  return text.replace(FORMULA, "'")
}

/** The text that `defuse` was given. */
export function fuse(text: string): string {
  return text.replace(DEFUSED, '')
}
