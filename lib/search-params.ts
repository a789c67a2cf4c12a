import { InvalidAddressError } from './errors'

/** The query of an address, as Next gives it to a page. */
export type SearchParams = Record<string, string | string[] | undefined>

// Ids and event types have at most 200 characters (journeybee.md, Identifiers).
const MAX_VALUE_LENGTH = 200

/**
 * The query of a request as a page gets it: a parameter that is given twice has all its values, so that it can be
 * refused.
 */
export function searchParamsOf(request: Request): SearchParams {
  const { searchParams } = new URL(request.url)
  const names = [...new Set(searchParams.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

/**
 * A parameter of an address that has the name of something that every object has, such as "__proto__" or "constructor".
 * Next loses or garbles these on the way to a page, which would take a misspelled filter for none.
 *
 * @param address A path with its query.
 * @returns Its name; undefined when there is none.
 */
export function findLostName(address: string): string | undefined {
  const start = address.indexOf('?')
  if (start === -1) return undefined
  const names = new URLSearchParams(address.slice(start)).keys()
  return [...names].find((name) => name in Object.prototype)
}

/**
 * Refuses parameters that a list does not know: left out silently, "?tier=Gold" would show all tiers.
 *
 * @param hint What is to be said besides.
 * @throws InvalidAddressError naming the first of them.
 */
export function refuseUnknown(params: SearchParams, known: readonly string[], hint = ''): void {
  const unknown = Object.keys(params).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const name = unknown.slice(0, 100).toWellFormed()
  throw new InvalidAddressError(`This address says “${name}”, which no list knows.${hint}`)
}

/**
 * One parameter of an address; undefined when it is missing or empty.
 *
 * @throws InvalidAddressError when it is given twice, too long, or not storable as text.
 */
export function readParam(
  params: SearchParams,
  name: string,
  maxLength: number = MAX_VALUE_LENGTH,
): string | undefined {
  const value = params[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') {
    throw new InvalidAddressError(`This address gives “${name}” more than once.`)
  }
  if (value.length > maxLength) {
    throw new InvalidAddressError(
      `In this address “${name}” is longer than ${maxLength} characters.`,
    )
  }
  if (value.includes('\u0000') || !value.isWellFormed()) {
    throw new InvalidAddressError(`In this address “${name}” holds a character that is not text.`)
  }
  return value
}
