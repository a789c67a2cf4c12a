import { SpellCheck } from 'lucide-react'
import { Fragment } from 'react'

/** Says that nothing has what was searched for, and what was looked for instead. */
export function CorrectionNotice({ query, words }: { query: string | undefined; words: string[] }) {
  return (
    <p
      role="status"
      className="mb-3 flex shrink-0 items-start gap-2 rounded-md bg-info-subtle px-3 py-2 text-sm text-info"
    >
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        Nothing has <bdi className="font-medium">{query}</bdi> in it. These are similar: they have{' '}
        {words.map((word, index) => (
          <Fragment key={word}>
            {index > 0 && (index === words.length - 1 ? ' and ' : ', ')}
            <bdi className="font-medium">{word}</bdi>
          </Fragment>
        ))}
        , or nearly that.
      </span>
    </p>
  )
}
