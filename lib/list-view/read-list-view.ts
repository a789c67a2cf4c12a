import { InvalidAddressError } from '@/lib/errors'
import { readParam, type SearchParams } from '@/lib/search-params'
import { decodePart, SEPARATOR } from './address-part'
import { readColumnKey } from './field-column'
import {
  OPERATORS,
  type ColumnKey,
  type Filter,
  type ListView,
  type Operator,
  type ShownColumn,
  type Sort,
} from './list-view'

const MAX_QUERY_LENGTH = 200
const MAX_FILTERS = 50
const MAX_VALUES = 200
const MAX_VALUE_LENGTH = 1_000
const MAX_COLUMNS = 200
const MAX_ADDRESS_LENGTH = 100_000
const MAX_KEY_LENGTH = 3_000
/** Of a column, in CSS pixels. */
export const MIN_COLUMN_WIDTH = 40
export const MAX_COLUMN_WIDTH = 2_000

/**
 * What an address says about a list. It knows the form only: an unknown column, or an operator or a value
 * that does not fit its column, is refused by the list's query. Other parameters are not looked at.
 *
 * @throws InvalidAddressError when something in it is malformed; nothing is left out silently.
 */
export function readListView(params: SearchParams | URLSearchParams): ListView {
  const given = params instanceof URLSearchParams ? toSearchParams(params) : params
  const q = readParam(given, 'q', MAX_QUERY_LENGTH)
  const sort = readParam(given, 'sort', MAX_KEY_LENGTH)
  const columns = readParam(given, 'columns', MAX_ADDRESS_LENGTH)
  const density = readParam(given, 'density')
  const view = readParam(given, 'view')
  if (density !== undefined && density !== 'compact') {
    throw new InvalidAddressError('“density” can be compact; nothing else.')
  }
  return {
    ...(q !== undefined && { q }),
    filters: readFilters(given.filter),
    ...(sort !== undefined && { sort: readSort(sort) }),
    ...(columns !== undefined && { columns: readColumns(columns) }),
    ...(density !== undefined && { density }),
    ...(view !== undefined && { view }),
  }
}

/**
 * One filter, as the parameter `filter` holds it.
 *
 * @throws InvalidAddressError when it is malformed.
 */
export function readFilter(text: string): Filter {
  if (text.length > MAX_ADDRESS_LENGTH) throw new InvalidAddressError('A filter is too long.')
  const parts = text.split(SEPARATOR)
  const keyLength = parts[0] === 'field' ? 3 : 1
  const column = readColumnKey(parts.slice(0, keyLength).join(SEPARATOR))
  const operator = OPERATORS.find((known) => known === parts[keyLength])
  if (operator === undefined) {
    throw new InvalidAddressError(`A filter can ask ${listed(OPERATORS)}; nothing else.`)
  }
  const values = parts.slice(keyLength + 1).map(decodePart)
  if (values.length > MAX_VALUES) {
    throw new InvalidAddressError(`A filter has at most ${MAX_VALUES} values.`)
  }
  if (values.some((value) => value.length > MAX_VALUE_LENGTH)) {
    throw new InvalidAddressError(
      `The value of a filter has at most ${MAX_VALUE_LENGTH} characters.`,
    )
  }
  return { column, operator, values }
}

function readFilters(given: string | string[] | undefined): Filter[] {
  const texts = [given ?? []].flat().filter((text) => text !== '')
  if (texts.length > MAX_FILTERS) {
    throw new InvalidAddressError(`A list has at most ${MAX_FILTERS} filters.`)
  }
  return texts.map(readFilter)
}

function readSort(text: string): Sort {
  const descending = text.startsWith('-')
  return { column: readColumnKey(descending ? text.slice(1) : text), descending }
}

function readColumns(text: string): ShownColumn[] {
  const columns = text.split(',').map(readColumn)
  if (columns.length > MAX_COLUMNS) {
    throw new InvalidAddressError(`A list shows at most ${MAX_COLUMNS} columns.`)
  }
  if (new Set(columns.map(({ key }) => key)).size < columns.length) {
    throw new InvalidAddressError('This address shows one column more than once.')
  }
  return columns
}

function readColumn(text: string): ShownColumn {
  const [name = '', pixels, ...others] = text.split(':')
  const key: ColumnKey = readColumnKey(name)
  if (pixels === undefined) return { key }
  const width = /^\d{2,4}$/.test(pixels) ? Number(pixels) : NaN
  if (others.length === 0 && width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH) {
    return { key, width }
  }
  throw new InvalidAddressError(
    `A column is ${MIN_COLUMN_WIDTH} to ${MAX_COLUMN_WIDTH} pixels wide.`,
  )
}

function toSearchParams(params: URLSearchParams): SearchParams {
  const names = new Set(params.keys())
  return Object.fromEntries(
    [...names].map((name) => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

function listed(operators: readonly Operator[]): string {
  return operators.join(', ')
}
