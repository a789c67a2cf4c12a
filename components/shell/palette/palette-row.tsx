import type { ReactNode } from 'react'
import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'

const ITEM =
  'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-subtle [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'
const GROUP =
  'p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

type Row = {
  /** Tells the rows of the palette apart. */
  value: string
  Icon: LucideIcon
  onSelect: () => void
  /** Stands at the end of the row. */
  detail?: ReactNode
  children: ReactNode
}

export function PaletteRow({ value, Icon, onSelect, detail, children }: Row) {
  return (
    <Command.Item value={value} className={ITEM} onSelect={onSelect}>
      <Icon aria-hidden />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail && <span className="max-w-[45%] shrink-0 truncate text-xs text-muted">{detail}</span>}
    </Command.Item>
  )
}

/** Nothing when there is nothing in it. */
export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <Command.Group heading={heading} className={GROUP}>
      {children}
    </Command.Group>
  )
}
