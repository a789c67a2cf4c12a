// Nothing may run, be loaded, be framed or be guessed, whatever a file turns out to hold.
export const CLOSED = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** Why there is no file, as plain text. */
export function refuseFile(
  status: number,
  reason: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(reason, {
    status,
    headers: {
      ...CLOSED,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      ...headers,
    },
  })
}
