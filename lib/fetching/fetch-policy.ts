import net from 'node:net'
import { FetchError } from './fetch-error'
import { isLoopbackAddress, isPublicAddress } from './public-address'

/** What may be connected to. */
export type FetchPolicy = {
  /** Asked for each address that a name resolves to, and again for the connected socket's. */
  allowsAddress: (address: string) => boolean
  /** Asked for the host and port of each address, redirects included. */
  allowsHost: (host: string, port: number) => boolean
}

// Those of the web. Others belong to services that were not made to be talked to by a stranger's link.
const WEB_PORTS = new Set([80, 443, 8080, 8443])
const MAX_ADDRESS = 8_192

/**
 * @param hosts `name`, `*.name` (not the name itself) and either with `:port`; null allows all on the web's
 *   ports (80, 443, 8080, 8443). A host that is named without a port is reached on those ports too.
 * @param allowLoopback For development and tests: also this machine, on any port.
 */
export function fetchPolicy(hosts: readonly string[] | null, allowLoopback: boolean): FetchPolicy {
  return {
    allowsAddress: (address) =>
      isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address)),
    allowsHost: (host, port) => {
      if (hosts) return hosts.some((pattern) => fitsPattern(pattern, host, port, allowLoopback))
      return WEB_PORTS.has(port) || allowLoopback
    },
  }
}

function fitsPattern(pattern: string, host: string, port: number, anyPort: boolean): boolean {
  const [, name = '', named] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? []
  const portFits = named ? Number(named) === port : WEB_PORTS.has(port) || anyPort
  const hostFits = name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name
  return portFits && hostFits
}

/** The host of an address as names are compared: without brackets and without the trailing dot of DNS. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/**
 * Reads an address from outside and checks all of it that can be checked without the network. The URL
 * standard's parser is what makes `0x7f.1`, `2130706433` and `127.0.0.1.` the address that they mean.
 *
 * @throws FetchError `bad_address`, `host_refused` or `inner_address`.
 */
export function checkAddress(text: string, policy: FetchPolicy): URL {
  const trimmed = text.trim()
  if (trimmed.length > MAX_ADDRESS) throw refusal('The link is longer than any web address.')
  if (!URL.canParse(trimmed)) throw refusal('The link is not a web address.')
  const url = new URL(trimmed)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal('The link is not an http or https address.')
  }
  if (url.username || url.password) throw refusal('The link carries a user name or a password.')
  const host = hostOf(url)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  if (!policy.allowsHost(host, port)) {
    throw new FetchError('host_refused', `${host} on port ${port} is not among the allowed hosts.`)
  }
  if (net.isIP(host) !== 0) checkIp(host, host, policy)
  return url
}

/** @throws FetchError `inner_address` when the policy does not allow it. */
export function checkIp(address: string, host: string, policy: FetchPolicy): void {
  if (policy.allowsAddress(address)) return
  const what = address === host ? address : `${host} leads to ${address}, which`
  throw new FetchError('inner_address', `${what} is not an address of the public internet.`)
}

function refusal(message: string): FetchError {
  return new FetchError('bad_address', message)
}
