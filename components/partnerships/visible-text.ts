import { BIDI_CONTROLS } from '@/components/ui/bidi-controls'

// Control, format and space characters, and the letters that some scripts draw as nothing.
const VISIBLE = /[^\p{C}\p{Z}\u034f\u115f\u1160\u2800\u3164\uffa0]/u

/** A text from outside, or null when nobody could see anything of it: blank, or invisible characters only. */
export function visibleText(text: string | null | undefined): string | null {
  return text && VISIBLE.test(text) ? text.trim() : null
}

/**
 * A name as a page's title: one line of at most 80 characters, without the controls that would turn the
 * rest of the browser's tab round.
 */
export function titleText(text: string | null | undefined, fallback: string): string {
  const visible = visibleText(text?.replace(BIDI_CONTROLS, ''))
  if (!visible) return fallback
  const characters = Array.from(visible.replace(/\s+/gu, ' '))
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('')
}
