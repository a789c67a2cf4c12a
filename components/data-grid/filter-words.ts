import type { Filter } from '@/lib/list-view/list-view'
import { PARTNERSHIP_KEY } from '@/lib/list-view/partnership-filter'
import { formatDate, formatNumber } from '@/lib/format'
import type { ColumnType } from '@/lib/list-view/list-column'
import type { GridColumn } from './grid-column'

type Operator = Filter['operator']

/** The spans of `within`, as the address says them and as people do. */
export const SPANS: [value: string, label: string][] = [
  ['this-year', 'this year'],
  ['this-month', 'this month'],
  ['last-7-days', 'the last 7 days'],
  ['last-30-days', 'the last 30 days'],
  ['last-90-days', 'the last 90 days'],
  ['next-30-days', 'the next 30 days'],
]

const OPERATORS: Record<Operator, string> = {
  contains: 'contains',
  is: 'is',
  any: 'is any of',
  all: 'has all of',
  none: 'is none of',
  between: 'is between',
  within: 'is in',
  empty: 'is empty',
  filled: 'is not empty',
}

/** An operator as a choice of the filter's editor. */
export function operatorWords(operator: Operator, type: ColumnType): string {
  if (type === 'multi-select' && operator === 'any') return 'has any of'
  if (type === 'multi-select' && operator === 'none') return 'has none of'
  return OPERATORS[operator]
}

/** A filter in words, without its column: "is any of", and "Gold, Silver". */
export function filterWords(filter: Filter, column: GridColumn): { verb: string; values: string } {
  const { operator, values } = filter
  if (operator === 'between') return rangeWords(values, column.type)
  if (operator === 'within') {
    const span = SPANS.find(([value]) => value === values[0])
    return { verb: 'is in', values: span?.[1] ?? values.join(', ') }
  }
  if (operator === 'empty' || operator === 'filled') {
    return { verb: OPERATORS[operator], values: '' }
  }
  if (column.key === PARTNERSHIP_KEY) {
    return { verb: 'is', values: optionLabel(column, values[1] ?? '') }
  }
  if (column.type === 'boolean') return { verb: 'is', values: values[0] === 'true' ? 'yes' : 'no' }
  const labels = values.map((value) => optionLabel(column, value))
  const one = values.length === 1
  const verb =
    one && column.type !== 'multi-select'
      ? ({ any: 'is', none: 'is not' } as Partial<Record<Operator, string>>)[operator]
      : undefined
  return { verb: verb ?? operatorWords(operator, column.type), values: labels.join(', ') }
}

function optionLabel(column: GridColumn, value: string): string {
  return column.options?.find((option) => option.value === value)?.label || value
}

function rangeWords([from = '', to = '']: string[], type: ColumnType) {
  const date = type === 'date'
  const shown = (text: string) => (date ? dayWords(text) : formatNumber(Number(text)))
  if (from && to && from === to) return { verb: 'is', values: shown(from) }
  if (from && to) return { verb: 'is', values: `${shown(from)} – ${shown(to)}` }
  if (from) return { verb: date ? 'is since' : 'is at least', values: shown(from) }
  return { verb: date ? 'is until' : 'is at most', values: shown(to) }
}

function dayWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? day : formatDate(date, 'UTC')
}
