import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '@/lib/format'
import type { ShownDiff } from '@/lib/queries/shown-diff'
import { HistoryValue } from './history-value'
import { SubjectLabel } from './subject-label'

// A first version says everything: that is read when somebody wants to.
const UNFOLDED = 5

type Props = {
  companyUuid: string
  diff: ShownDiff
  /** There was nothing before: only what came is shown. */
  first: boolean
  /** Where the changes after these are shown. */
  moreHref: string
}

/** The lines of a diff, field by field. */
export function ChangeList({ companyUuid, diff, first, moreHref }: Props) {
  if (diff.changes.length === 0) {
    return (
      <p className="text-muted">
        {diff.onlyUnseen
          ? 'Changed nothing that shows: ids, the order of fields, or one empty value to another.'
          : 'Changed nothing: it says what the version before it says.'}
      </p>
    )
  }
  const lines = <Lines companyUuid={companyUuid} diff={diff} first={first} moreHref={moreHref} />
  if (!first || diff.changes.length <= UNFOLDED) return lines
  return (
    <details>
      <summary className="inline-block rounded text-muted hover:text-foreground">
        {formatCount(diff.changes.length + diff.more)} values
      </summary>
      <div className="mt-1">{lines}</div>
    </details>
  )
}

function Lines({ companyUuid, diff, first, moreHref }: Props) {
  return (
    <>
      <dl className="grid gap-1">
        {diff.changes.map(({ subject, before, after }, index) => (
          <div key={index} className="grid gap-x-3 sm:grid-cols-[minmax(6rem,26%)_minmax(0,1fr)]">
            <dt className="min-w-0 text-muted">
              <SubjectLabel companyUuid={companyUuid} subject={subject} />
            </dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              {!first && (
                <>
                  <span className="sr-only">from </span>
                  <del className="min-w-0 text-muted no-underline">
                    <HistoryValue value={before} />
                  </del>
                  <ArrowRight aria-hidden className="size-3 shrink-0 self-center text-muted" />
                  <span className="sr-only"> to </span>
                </>
              )}
              <ins className="min-w-0 no-underline">
                <HistoryValue value={after} />
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      {diff.more > 0 && (
        <p className="mt-1 text-xs">
          <Link
            href={moreHref}
            prefetch={false}
            className="text-accent underline-offset-2 hover:underline"
          >
            {formatCount(diff.more)} more {diff.more === 1 ? 'change' : 'changes'}
          </Link>
        </p>
      )}
    </>
  )
}
