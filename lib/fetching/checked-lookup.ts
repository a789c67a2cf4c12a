import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { FetchError } from './fetch-error'
import { checkIp, type FetchPolicy } from './fetch-policy'

/** Every address that a name has now. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

const lookupAll = promisify(lookup)

/** As the machine resolves names: its hosts file, then DNS. */
export const resolveName: Resolve = (host) => lookupAll(host, { all: true })

/**
 * The `lookup` of a connection: it resolves once and hands on only what the policy allows, so that the
 * address which was checked is the one that is connected to, whatever the name resolves to a moment later.
 */
export function checkedLookup(policy: FetchPolicy, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const allowed = found.filter(({ address }) => policy.allowsAddress(address))
        const [first] = allowed
        if (!first) return callback(refusalOf(host, found, policy), '', 0)
        if (options.all) callback(null, allowed)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    )
  }
}

function refusalOf(host: string, found: LookupAddress[], policy: FetchPolicy): Error {
  try {
    for (const { address } of found) checkIp(address, host, policy)
  } catch (error) {
    return error as FetchError
  }
  return new FetchError('unknown_host', `${host} has no address.`)
}
