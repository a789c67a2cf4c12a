'use client'

import type { EditorProps } from './filter-editor'

export function BooleanEditor({ column, values, onChange }: EditorProps) {
  return (
    <fieldset className="p-2">
      <legend className="sr-only">{column.label}</legend>
      {[
        ['true', 'Yes'],
        ['false', 'No'],
      ].map(([value = '', label], at) => (
        <label
          key={value}
          className="flex h-8 items-center gap-2 rounded-md px-2 hover:bg-subtle has-focus-visible:bg-subtle"
        >
          <input
            type="radio"
            name="value"
            autoFocus={values[0] === value || (values.length === 0 && at === 0)}
            checked={values[0] === value}
            className="accent-(--accent-solid)"
            onChange={() => onChange([value])}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
