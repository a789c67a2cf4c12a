const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * A file's name in which characters that turn the writing direction are seen as U+FFFD:
 * "invoice\u202Efdp.exe" must not read as "invoiceexe.pdf". "Unnamed file" when there is none.
 */
export function visibleName(fileName: string | null): string {
  return fileName?.trim().replace(DIRECTION_CONTROLS, '\uFFFD') || 'Unnamed file'
}
