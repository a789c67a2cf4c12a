import { InvalidAddressError } from '@/lib/errors'
import { encodeCursor, type Cursor } from '@/lib/pagination'
import type { KeyKind } from './sort-source'

/** A row of a list as its order knows it; `sort` is null when it lacks the value. */
export type ListKey = { sort: string | number | boolean | Date | null; ids: string[] }

// What an event or a custom field's date can hold (lib/schemas/primitives.ts, custom-field-value.ts).
const MIN_TIME_MS = Date.parse('0001-01-01T00:00:00.000Z')
const MAX_TIME_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** The cursor of a row: its sort key, unless it lacks one, and its ids. */
export function listCursor({ sort, ids }: ListKey): Cursor {
  if (sort === null) return ids
  if (sort instanceof Date) return [sort.getTime(), ...ids]
  return [typeof sort === 'boolean' ? Number(sort) : sort, ...ids]
}

export function encodeListCursor(key: ListKey): string {
  return encodeCursor(listCursor(key))
}

/** @throws InvalidAddressError when it is not a cursor of a list in such an order. */
export function decodeListCursor(cursor: string, kind: KeyKind, ids: number): ListKey {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw refusal()
  }
  if (!Array.isArray(value)) throw refusal()
  const texts: unknown[] = value.slice(-ids)
  if (!texts.every(isStorable)) throw refusal()
  if (value.length === ids) return { sort: null, ids: texts }
  if (value.length !== ids + 1) throw refusal()
  return { sort: readKey(value[0], kind), ids: texts }
}

function readKey(key: unknown, kind: KeyKind): ListKey['sort'] {
  switch (kind) {
    case 'text':
      if (isStorable(key)) return key
      break
    case 'number':
      if (typeof key === 'number') return key
      break
    case 'integer':
      if (Number.isSafeInteger(key)) return key as number
      break
    case 'boolean':
      if (key === 0 || key === 1) return key === 1
      break
    case 'time':
      if (Number.isInteger(key) && Number(key) >= MIN_TIME_MS && Number(key) <= MAX_TIME_MS) {
        return new Date(Number(key))
      }
  }
  throw refusal()
}

function isStorable(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed()
}

function refusal(): InvalidAddressError {
  return new InvalidAddressError('The page in this address does not exist.')
}
