'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { EditorProps } from './filter-editor'

const FIELD = 'mt-1 block h-8 w-full min-w-0 rounded-md border bg-surface px-2 text-sm'

/** A range; either end may be open. */
export function NumberEditor({ column, values, onChange, onClose }: EditorProps) {
  const [least, setLeast] = useState(values[0] ?? '')
  const [most, setMost] = useState(values[1] ?? '')
  const step = column.type === 'count' ? 1 : 'any'
  const crossed = least !== '' && most !== '' && Number(least) > Number(most)
  return (
    <form
      className="space-y-2 p-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (crossed) return
        onChange(least || most ? [least, most] : [])
        onClose()
      }}
    >
      <div className="flex gap-2">
        <label className="min-w-0 flex-1 text-xs text-muted">
          At least
          <input
            autoFocus
            type="number"
            step={step}
            value={least}
            className={FIELD}
            onChange={(event) => setLeast(event.target.value)}
          />
        </label>
        <label className="min-w-0 flex-1 text-xs text-muted">
          At most
          <input
            type="number"
            step={step}
            value={most}
            className={FIELD}
            onChange={(event) => setMost(event.target.value)}
          />
        </label>
      </div>
      <div className="flex items-center justify-end gap-2">
        {crossed && (
          <p role="alert" className="flex-1 text-xs text-danger">
            The least is more than the most.
          </p>
        )}
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </div>
    </form>
  )
}
