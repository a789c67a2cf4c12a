import { CopyButton } from '@/components/ui/copy-button'

/** An id of JourneyBee's, to be copied. */
export function Identifier({ id, label }: { id: string; label: string }) {
  return (
    <span className="flex items-start gap-1">
      <bdi className="min-w-0 font-mono text-xs leading-5 break-all">{id}</bdi>
      <span className="-my-1 shrink-0">
        <CopyButton text={id} label={label} />
      </span>
    </span>
  )
}
