'use client'

import { useRef, useState, type RefObject } from 'react'
import { ArrowLeft } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import type { Filter } from '@/lib/list-view/list-view'
import { PARTNERSHIP_KEY } from '@/lib/list-view/partnership-filter'
import { ColumnPicker } from './column-picker'
import { FilterEditor } from './filter-editor'
import type { GridColumn } from './grid-column'
import { useListFrame } from './list-frame'

type Props = {
  anchor: RefObject<HTMLElement | null>
  /** The filter that is changed; a new one without. */
  filter?: Filter
  column?: GridColumn
  /** Null takes the filter away. `again` is true when this filter has been changed here before. */
  onChange: (filter: Filter | null, again: boolean) => void
  onClose: () => void
}

/** First which column, then what of it. */
export function FilterPopover({ anchor, filter, column: given, onChange, onClose }: Props) {
  const { columns } = useListFrame()
  const [column, setColumn] = useState(given)
  const changed = useRef(false)

  function change(next: Filter | null) {
    if (next === null && !filter && !changed.current) return
    onChange(next, changed.current)
    changed.current = next !== null
  }

  const name = column ? `Filter by ${column.label.slice(0, 80)}` : 'Filter by a column'
  return (
    <Popover anchor={anchor} label={name} onClose={onClose}>
      {column ? (
        <>
          <div className="flex h-9 shrink-0 items-center gap-1 border-b ps-1 pe-3">
            {given ? (
              <span className="w-2" />
            ) : (
              <Button
                variant="ghost"
                size="sm"
                square
                aria-label="Another column"
                // What has been filtered stays; another column makes another filter.
                onClick={() => {
                  changed.current = false
                  setColumn(undefined)
                }}
              >
                <ArrowLeft aria-hidden />
              </Button>
            )}
            <bdi className="min-w-0 truncate font-medium" title={column.label}>
              {column.label}
            </bdi>
          </div>
          <FilterEditor column={column} filter={filter} onChange={change} onClose={onClose} />
        </>
      ) : (
        <ColumnPicker columns={columns.filter(isChosenByPeople)} onPick={setColumn} />
      )}
    </Popover>
  )
}

function isChosenByPeople({ key, operators }: GridColumn): boolean {
  return operators.length > 0 && key !== PARTNERSHIP_KEY
}
