import { clsx } from 'clsx'

const SIZES = { sm: 'size-5 text-[0.625rem]', md: 'size-7 text-xs' }

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Initials of a name. Decoration: the name itself must stand beside it. Never loads a picture from elsewhere. */
export function Avatar({ name, size = 'md' }: { name: string; size?: keyof typeof SIZES }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full bg-accent-subtle font-medium text-accent uppercase select-none',
        SIZES[size],
      )}
    >
      <bdi>{initials(name)}</bdi>
    </span>
  )
}

function initials(name: string): string {
  const words = name
    .slice(0, 200)
    .split(/[\s@._-]+/u)
    .filter(Boolean)
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return firstGrapheme(first) + firstGrapheme(last) || '?'
}

// A grapheme may be many code points, and one of hostile length: keep what can be seen.
function firstGrapheme(word: string | undefined): string {
  if (!word) return ''
  for (const { segment } of segmenter.segment(word.slice(0, 16))) return segment
  return ''
}
