/** Whether every word that was typed begins a word of a command; an empty text fits all. */
export function matchesWords(typed: string, command: string): boolean {
  const known = command.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const wanted = typed.toLowerCase().split(/\s+/u).filter(Boolean)
  return wanted.every((word) => known.some((each) => each.startsWith(word)))
}
