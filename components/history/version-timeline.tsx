import { clsx } from 'clsx'
import Link from 'next/link'
import { partnershipTabHref } from '@/components/addresses'
import { Section } from '@/components/partnerships/section'
import { visibleText } from '@/components/partnerships/visible-text'
import { Pager } from '@/components/ui/pager'
import { Time } from '@/components/ui/time'
import type { ActivityEntry, ActivityPage } from '@/lib/queries/list-partnership-activity'
import type { RecordKey } from '@/lib/queries/record-key'
import type { ShownDiff } from '@/lib/queries/shown-diff'
import { columnLabel } from './column-label'

const NAMED = 3

type Props = {
  partnership: RecordKey
  page: ActivityPage
  /** The version that is shown, which is the chosen event's or the one before it. */
  shownId: string | null
}

/** The versions of a partnership, to choose one of. */
export function VersionTimeline({ partnership, page, shownId }: Props) {
  return (
    <div>
      <Section
        title="Versions"
        note="latest first"
        empty={page.rows.length === 0 && 'No partner event could be applied.'}
      >
        <ol className="py-1">
          {page.rows.map((entry) => (
            <Version
              key={entry.id}
              href={partnershipTabHref(partnership, 'as-of', { asOf: entry.id })}
              entry={entry}
              shown={entry.id === shownId}
            />
          ))}
        </ol>
      </Section>
      <Pager page={page} label="Pages of versions" />
    </div>
  )
}

function Version({ href, entry, shown }: { href: string; entry: ActivityEntry; shown: boolean }) {
  return (
    <li className="relative ps-9 pe-4">
      <span
        aria-hidden
        className="absolute start-[1.3125rem] top-0 h-full w-px bg-(--border) [li:first-child>&]:top-3 [li:last-child>&]:h-3"
      />
      <span
        aria-hidden
        className={clsx(
          'absolute start-4 top-2.5 size-3 rounded-full border-2',
          shown ? 'border-accent-solid bg-accent-solid' : 'border-border-strong bg-surface',
        )}
      />
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        aria-current={shown ? 'true' : undefined}
        className={clsx(
          'block rounded px-2 py-1.5 text-sm',
          shown ? 'bg-accent-subtle' : 'hover:bg-subtle',
        )}
      >
        <Time value={entry.at} show="absolute" />
        <span className="line-clamp-2 text-xs text-muted">
          <Summary entry={entry} />
        </span>
      </Link>
    </li>
  )
}

function Summary({ entry: { content } }: { entry: ActivityEntry }) {
  if (content.kind !== 'partnership') return <>Not readable today</>
  const late = content.late && ' (arrived late)'
  if (content.first) return <>First version{late}</>
  if (content.diff.changes.length === 0) return <>Nothing changed{late}</>
  return (
    <>
      <bdi>{changedNames(content.diff)}</bdi>
      {late}
    </>
  )
}

function changedNames({ changes, more }: ShownDiff): string {
  const names = changes.map(({ subject }) =>
    'column' in subject
      ? columnLabel(subject.column)
      : (visibleText(subject.label)?.slice(0, 40) ?? 'Unnamed field'),
  )
  const rest = changes.length + more - NAMED
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
