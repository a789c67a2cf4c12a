'use client'

import { useId, useState } from 'react'
import type { Filter } from '@/lib/list-view/list-view'
import { BooleanEditor } from './boolean-editor'
import { ChoiceEditor } from './choice-editor'
import { DateEditor } from './date-editor'
import { operatorWords } from './filter-words'
import type { GridColumn } from './grid-column'
import { NumberEditor } from './number-editor'
import { TextEditor } from './text-editor'

type Operator = Filter['operator']

/** What of a filter an operator takes; two operators of one kind can take over each other's values. */
type Kind = 'choice' | 'text' | 'number' | 'date' | 'boolean' | 'nothing'

export type EditorProps = {
  column: GridColumn
  values: string[]
  onChange: (values: string[]) => void
  onClose: () => void
}

const EDITORS: Record<Exclude<Kind, 'nothing' | 'date'>, React.ComponentType<EditorProps>> = {
  choice: ChoiceEditor,
  text: TextEditor,
  number: NumberEditor,
  boolean: BooleanEditor,
}

// What most filters of a type are for; the first that the column has.
const FIRST: Operator[] = ['any', 'contains', 'within', 'between', 'is']

type Props = {
  column: GridColumn
  filter?: Filter
  onChange: (filter: Filter | null) => void
  onClose: () => void
}

/** How a column is filtered: the operator, and below it what its type asks for. */
export function FilterEditor({ column, filter, onChange, onClose }: Props) {
  const id = useId()
  const [operator, setOperator] = useState<Operator>(
    () => filter?.operator ?? FIRST.find((each) => column.operators.includes(each)) ?? 'filled',
  )
  const [values, setValues] = useState(filter?.values ?? [])
  const kind = kindOf(operator, column)

  function choose(next: Operator) {
    const nextKind = kindOf(next, column)
    const kept = nextKind === kind && nextKind !== 'date' ? values : []
    setOperator(next)
    setValues(kept)
    if (nextKind === 'nothing') onChange({ column: column.key, operator: next, values: [] })
    else if (kept.length > 0) onChange({ column: column.key, operator: next, values: kept })
  }

  function change(next: string[], by: Operator = operator) {
    setOperator(by)
    setValues(next)
    onChange(next.length > 0 ? { column: column.key, operator: by, values: next } : null)
  }

  const Editor = kind === 'nothing' || kind === 'date' ? null : EDITORS[kind]
  // The spans stand among the date editor's presets.
  const operators = column.operators.filter(
    (each) => each !== 'within' || !column.operators.includes('between'),
  )
  return (
    <div className="flex min-h-0 flex-col">
      <label htmlFor={id} className="sr-only">
        Condition
      </label>
      <select
        id={id}
        autoFocus={kind === 'nothing'}
        className="mx-2 mt-2 h-8 shrink-0 rounded-md border bg-surface px-2 text-sm"
        value={operator === 'within' ? 'between' : operator}
        onChange={(event) => choose(event.target.value as Operator)}
      >
        {operators.map((each) => (
          <option key={each} value={each}>
            {operatorWords(each, column.type)}
          </option>
        ))}
      </select>
      {Editor && <Editor column={column} values={values} onChange={change} onClose={onClose} />}
      {kind === 'date' && (
        <DateEditor operator={operator} values={values} onChange={change} onClose={onClose} />
      )}
      {kind === 'nothing' && <div className="h-2" />}
    </div>
  )
}

function kindOf(operator: Operator, { type }: GridColumn): Kind {
  if (operator === 'empty' || operator === 'filled') return 'nothing'
  if (operator === 'any' || operator === 'all' || operator === 'none') return 'choice'
  if (operator === 'within') return 'date'
  if (operator === 'between') return type === 'date' ? 'date' : 'number'
  return type === 'boolean' ? 'boolean' : 'text'
}
