import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'

type Props = { fingerprints: string[]; lastUsed: Map<string, Date> }

/** The secrets by their fingerprints, and which of them events still come with: what a rotation needs to know. */
export function SecretList({ fingerprints, lastUsed }: Props) {
  const retired = [...lastUsed.keys()].filter((known) => !fingerprints.includes(known))
  return (
    <ul className="text-sm">
      {[...fingerprints, ...retired].map((fingerprint, index) => {
        const usedAt = lastUsed.get(fingerprint)
        return (
          <li
            key={fingerprint}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0"
          >
            <span className="flex items-center gap-2">
              <code className="font-mono text-xs">{fingerprint}</code>
              {index >= fingerprints.length && <Badge tone="amber">no longer accepted</Badge>}
            </span>
            <span className="text-xs text-muted">
              {usedAt ? (
                <>
                  last event <Time value={usedAt} />
                </>
              ) : (
                'not used by the newest events'
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
