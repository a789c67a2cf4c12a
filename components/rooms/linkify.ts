import { webAddress } from '@/components/ui/web-address'

/** A run of a message's text; `href` is there where the run is an address that may be opened. */
export type TextRun = { text: string; href?: string }

const MAX_URL_LENGTH = 2_048

// Ends at whitespace, at quotes and angle brackets, and at invisible characters: controls, zero-width ones
// and those that turn the writing direction, with which an address can be made to look like another.
const CANDIDATE =
  /(?<![\p{L}\p{N}_])https?:\/\/[^\s"<>`\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]+/giu

const SENTENCE_END = new Set(".,:;!?'*_~’”»…")
const CLOSERS = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/**
 * Finds the http and https addresses in a text. Joined together, the runs are the text, unchanged. What
 * would not open where it seems to (a user name before the host) stays plain text, as does what is longer
 * than 2,048 characters. Takes time linear in the text.
 */
export function linkify(text: string): TextRun[] {
  const runs: TextRun[] = []
  let plainFrom = 0
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > 2 * MAX_URL_LENGTH) continue
    const address = withoutTrailingPunctuation(match[0])
    const url = address.length <= MAX_URL_LENGTH ? webAddress(address) : null
    if (!url) continue
    if (match.index > plainFrom) runs.push({ text: text.slice(plainFrom, match.index) })
    runs.push({ text: address, href: url.href })
    plainFrom = match.index + address.length
  }
  if (plainFrom < text.length) runs.push({ text: text.slice(plainFrom) })
  return runs
}

/** "(see https://a.example/b)." names https://a.example/b; "https://a.example/b_(c)" keeps its parenthesis. */
function withoutTrailingPunctuation(address: string): string {
  const balance = new Map<string, number>()
  for (const character of address) {
    balance.set(character, (balance.get(character) ?? 0) + 1)
  }
  let end = address.length
  while (end > 0) {
    const last = address.charAt(end - 1)
    const opener = CLOSERS.get(last)
    const isUnopened = opener !== undefined && (balance.get(last) ?? 0) > (balance.get(opener) ?? 0)
    if (!SENTENCE_END.has(last) && !isUnopened) break
    balance.set(last, (balance.get(last) ?? 0) - 1)
    end -= 1
  }
  return address.slice(0, end)
}
