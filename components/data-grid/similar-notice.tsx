import { SpellCheck } from 'lucide-react'

/** Says that nothing has what was searched for, and that what is shown is only similar. */
export function SimilarNotice({ query }: { query: string | undefined }) {
  return (
    <p
      role="status"
      className="mb-3 flex shrink-0 items-start gap-2 rounded-md bg-info-subtle px-3 py-2 text-sm text-info"
    >
      <SpellCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">
        Nothing has <bdi className="font-medium">{query}</bdi> in it. These are the most similar.
      </span>
    </p>
  )
}
