const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)"?/gi

/**
 * Whether a Content-Type declares JSON: application/json, or a type with the suffix +json (RFC 6839,
 * section 3.1), with any parameters. A charset, which JSON does not define, may only be UTF-8.
 */
export function isJsonContentType(header: string | null): boolean {
  // Spared the work for what nearly every request says.
  if (header === 'application/json') return true
  if (!header) return false
  const type = header.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !/^[\w.!#$&^-]+\/[\w.!#$&^+-]+\+json$/.test(type)) return false
  return [...header.matchAll(CHARSET)].every(([, charset]) => /^utf-?8$/i.test(charset ?? ''))
}
