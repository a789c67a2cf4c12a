/**
 * The network address of who asks. Waggle's own server writes x-forwarded-for from the connection; with
 * TRUST_PROXY it lets the proxy's stand where there is one, whose last entry the proxy itself has seen.
 */
export function clientAddress(requestHeaders: Headers): string {
  const forwarded = requestHeaders.get('x-forwarded-for')?.split(',')
  return forwarded?.at(-1)?.trim() || 'unknown'
}
