/**
 * One line of a message for a list or a quote: white space folded, at most `length` characters (code
 * points, so that no emoji is cut in half), with an ellipsis where it goes on. Empty when there is no text.
 */
export function messageExcerpt(text: string | null, length: number = 140): string {
  const folded = (text ?? '').replace(/\s+/gu, ' ').trim()
  const characters = Array.from(folded)
  if (characters.length <= length) return folded
  return `${characters.slice(0, length).join('').trimEnd()}…`
}
