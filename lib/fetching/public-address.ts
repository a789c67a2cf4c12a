import ipaddr from 'ipaddr.js'

// The only block that IANA has given out for global unicast (RFC 4291, 2.4). What lies outside and is not
// named as special is v4-compatible (::/96) or not given out.
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3')
// Azure's metadata and platform services answer on this one, which is public by its number.
const PLATFORM_V4 = ipaddr.parse('168.63.129.16')

/**
 * Whether an IP address belongs to the public internet. Private, loopback, link-local, shared (CGNAT),
 * multicast, documentation and reserved ranges do not (IANA's special-purpose registries, RFC 6890), nor do
 * the v6 forms that carry a v4 address (mapped, NAT64, 6to4, Teredo): what they lead to is decided elsewhere.
 *
 * @param address As the resolver or the socket names it. What is no IP address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv6') return parsed.match(GLOBAL_V6)
  return !parsed.match(PLATFORM_V4, 32)
}

/** Whether an IP address is the machine itself: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
}
