import { SpellCheck } from 'lucide-react'
import { Fragment } from 'react'

const MOST_NAMED = 5

type Props = { query: string | undefined; words: string[] }

/** Says that nothing has what was searched for, and what was looked for instead. */
export function CorrectionNotice({ query, words }: Props) {
  const named = words.slice(0, MOST_NAMED)
  return (
    <p
      role="status"
      className="mb-3 flex shrink-0 items-start gap-2 rounded-md bg-info-subtle px-3 py-2 text-sm text-info"
    >
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        No match for <bdi className="font-medium">{query}</bdi>. Showing what{' '}
        {named.length > 0 ? 'has' : 'is similar'}{' '}
        {named.map((word, index) => (
          <Fragment key={word}>
            {index > 0 && (index === words.length - 1 ? ' or ' : ', ')}
            <bdi className="font-medium">{word}</bdi>
          </Fragment>
        ))}
        {named.length < words.length && ' or the like'} instead.
      </span>
    </p>
  )
}
