'use client'

import { Command } from 'cmdk'
import {
  Calendar,
  CircleDot,
  Hash,
  ListChecks,
  Tag,
  ToggleLeft,
  Type,
  type LucideIcon,
} from 'lucide-react'
import type { ColumnType } from '@/lib/list-view/list-column'
import type { GridColumn } from './grid-column'

const ICONS: Record<ColumnType, LucideIcon> = {
  text: Type,
  label: Tag,
  select: CircleDot,
  'multi-select': ListChecks,
  number: Hash,
  count: Hash,
  date: Calendar,
  boolean: ToggleLeft,
}

const GROUP =
  'p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

type Props = { columns: GridColumn[]; onPick: (column: GridColumn) => void }

/** A searchable list of columns, those of the list itself before the custom fields. */
export function ColumnPicker({ columns, onPick }: Props) {
  const own = columns.filter(({ custom }) => !custom)
  const custom = columns.filter((column) => column.custom)
  return (
    <Command
      label="Columns"
      loop
      className="flex min-h-0 flex-col"
      filter={(_key, typed, [label = ''] = []) => (isWithin(typed, label) ? 1 : 0)}
    >
      <Command.Input
        autoFocus
        placeholder="Filter by…"
        className="h-9 w-full shrink-0 border-b bg-transparent px-3 text-sm outline-none placeholder:text-muted"
      />
      <Command.List className="min-h-0 flex-1 overflow-y-auto">
        <Command.Empty className="p-4 text-center text-muted">
          No column is called so.
        </Command.Empty>
        <Columns heading="Columns" columns={own} onPick={onPick} />
        {custom.length > 0 && <Columns heading="Custom fields" columns={custom} onPick={onPick} />}
      </Command.List>
    </Command>
  )
}

function Columns({ heading, columns, onPick }: Props & { heading: string }) {
  return (
    <Command.Group heading={heading} className={GROUP}>
      {columns.map((column) => {
        const Icon = ICONS[column.type]
        return (
          <Command.Item
            key={column.key}
            // Two fields may have the same label.
            value={column.key}
            keywords={[column.label]}
            className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 data-[selected=true]:bg-subtle"
            onSelect={() => onPick(column)}
          >
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            <bdi className="min-w-0 truncate" title={column.label}>
              {column.label}
            </bdi>
          </Command.Item>
        )
      })}
    </Command.Group>
  )
}

function isWithin(typed: string, label: string): boolean {
  return label.toLowerCase().includes(typed.trim().toLowerCase())
}
