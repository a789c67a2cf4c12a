import { formatCount } from '@/lib/format'
import type { Difference } from '@/lib/queries/read-upkeep'

const KINDS: Record<Difference['kind'], string> = {
  added: 'is missing',
  changed: 'says something else',
  removed: 'is in no event',
}

type Props = { differences: Difference[]; total: number; children: React.ReactNode }

/** The rows in which the latest check found the dashboard and the log to differ. */
export function DifferenceList({ differences, total, children }: Props) {
  return (
    <section aria-label="Differences" className="mt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-medium">
          {`${formatCount(total)} ${total === 1 ? 'row differs' : 'rows differ'}`}
          {total > differences.length && `, the first ${formatCount(differences.length)} of them`}
        </h3>
        {children}
      </div>
      <p className="mt-1 text-sm text-muted">
        A repair replays the events that wrote these rows. What no event wrote only a rebuild
        removes.
      </p>
      <ul className="mt-2 divide-y text-sm">
        {differences.map(({ table, key, kind, fields }) => (
          <li key={`${table} ${key}`} className="py-1.5">
            <p className="[overflow-wrap:anywhere]">
              <span className="font-medium">{table.replaceAll('_', ' ')}</span>{' '}
              <bdi className="font-mono text-xs">{key}</bdi>{' '}
              <span className="text-muted">{KINDS[kind]}</span>
            </p>
            {kind === 'changed' &&
              fields.map(({ name, before, after }) => (
                <p key={name} className="line-clamp-2 pl-4 text-xs [overflow-wrap:anywhere]">
                  <span className="text-muted">{name}:</span> shows{' '}
                  <bdi className="text-danger">{before ?? 'nothing'}</bdi>, the log says{' '}
                  <bdi>{after ?? 'nothing'}</bdi>
                </p>
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
