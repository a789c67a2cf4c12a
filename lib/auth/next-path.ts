const BASE = 'http://waggle.invalid'
const MAX_LENGTH = 2_000

/**
 * The path to go on to after signing in: an address of this site, or `/` for anything else. Browsers read
 * `//host`, `/\host` and `/<tab>/host` as other sites, so the path is judged as the URL parser reads it
 * (WHATWG URL, section 4.4) and handed back in that normal form.
 */
export function nextPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > MAX_LENGTH) return '/'
  if (!URL.canParse(value, BASE)) return '/'
  const url = new URL(value, BASE)
  const path = url.pathname + url.search + url.hash
  // "/.//host" has this site's origin and yet normalises to "//host".
  if (url.origin !== BASE || path.startsWith('//') || url.pathname === '/login') return '/'
  return path
}
