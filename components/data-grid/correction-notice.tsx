import { SpellCheck } from 'lucide-react'
import { Fragment } from 'react'

// Of a word that is one typing error away from many.
const MOST_NAMED = 3

type Props = {
  query: string | undefined
  /** In place of each word that was typed: what has been looked for. */
  words: string[][]
}

/** Says that nothing has what was searched for, and what was looked for instead. */
export function CorrectionNotice({ query, words }: Props) {
  return (
    <p
      role="status"
      className="mb-3 flex shrink-0 items-start gap-2 rounded-md bg-info-subtle px-3 py-2 text-sm text-info"
    >
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        No match for <bdi className="font-medium">{query}</bdi>. Showing what{' '}
        {words.length > 0 ? 'has' : 'is similar'}{' '}
        {words.map((alternatives, index) => (
          <Fragment key={index}>
            {index > 0 && ' and '}
            <Alternatives words={alternatives} />
          </Fragment>
        ))}{' '}
        instead.
      </span>
    </p>
  )
}

function Alternatives({ words }: { words: string[] }) {
  return (
    <>
      {words.slice(0, MOST_NAMED).map((word, index) => (
        <Fragment key={word}>
          {index > 0 && ' or '}
          <bdi className="font-medium">{word}</bdi>
        </Fragment>
      ))}
      {words.length > MOST_NAMED && ' or the like'}
    </>
  )
}
