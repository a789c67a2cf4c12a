import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'

/**
 * A file's name in which characters that turn the writing direction are seen as U+FFFD:
 * "invoice\u202Efdp.exe" must not read as "invoiceexe.pdf". "Unnamed file" when there is none.
 */
export function visibleName(fileName: string | null): string {
  return fileName?.trim().replace(BIDI_CONTROLS, '\uFFFD') || 'Unnamed file'
}
