'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { EditorProps } from './filter-editor'

export function TextEditor({ values, onChange, onClose }: EditorProps) {
  const [text, setText] = useState(values[0] ?? '')
  return (
    <form
      className="flex gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim() ? [text.trim()] : [])
        onClose()
      }}
    >
      <input
        autoFocus
        aria-label="Text"
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        className="h-8 min-w-0 flex-1 rounded-md border bg-surface px-2"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="primary">
        Apply
      </Button>
    </form>
  )
}
