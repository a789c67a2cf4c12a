const CONTEXT = 40

/**
 * Two texts cut to at most `length` characters each, so that where they begin to differ can be seen in both;
 * an ellipsis stands for what was left out.
 */
export function cutAroundDifference(a: string, b: string, length: number): [string, string] {
  if (a === b || Math.max(a.length, b.length) <= length)
    return [cut(a, 0, length), cut(b, 0, length)]
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1
  const start = same + CONTEXT < length ? 0 : same - CONTEXT
  return [cut(a, start, length), cut(b, start, length)]
}

function cut(text: string, start: number, length: number): string {
  const part = text.slice(start, start + length).toWellFormed()
  const before = start > 0 ? '…' : ''
  return before + (start + length < text.length ? `${part}…` : part)
}
