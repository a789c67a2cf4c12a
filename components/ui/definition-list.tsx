import { clsx } from 'clsx'

type Item = { term: string; value: React.ReactNode; key?: string }

/** Terms beside their values; an em dash where there is none. */
export function DefinitionList({ items, className }: { items: Item[]; className?: string }) {
  return (
    <dl className={clsx('text-sm', className)}>
      {items.map((item) => (
        <div
          key={item.key ?? item.term}
          className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-x-4 border-b px-4 py-2 last:border-b-0"
        >
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0">
            {isAbsent(item.value) ? <span className="text-muted">—</span> : item.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isAbsent(value: React.ReactNode): boolean {
  return value === null || value === undefined || value === ''
}
