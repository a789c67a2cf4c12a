'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'

type Props = {
  name: string
  pending: boolean
  onSubmit: (name: string) => void
  onCancel: () => void
}

export function ViewNameForm({ name: given, pending, onSubmit, onCancel }: Props) {
  const [name, setName] = useState(given)
  return (
    <form
      className="space-y-3 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(name)
      }}
    >
      <label className="block text-xs text-muted">
        Name of the view
        <input
          autoFocus
          required
          value={name}
          maxLength={200}
          autoComplete="off"
          className="mt-1 block h-8 w-full rounded-md border bg-surface px-2 text-sm text-foreground"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={pending}>
          {pending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
