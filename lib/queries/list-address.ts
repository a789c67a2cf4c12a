import { InvalidAddressError } from '@/lib/errors'
import { readParam, type SearchParams } from './read-search-params'

/**
 * One of the allowed values of a parameter, the first when it is absent.
 *
 * @throws InvalidAddressError for any other value.
 */
export function oneOf<Value extends string>(
  params: SearchParams,
  name: string,
  allowed: readonly [Value, ...Value[]],
): Value {
  const value = readParam(params, name)
  if (value === undefined) return allowed[0]
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined) {
    throw new InvalidAddressError(`“${name}” can be ${allowed.join(', ')}; nothing else.`)
  }
  return found
}
