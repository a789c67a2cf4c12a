export const WEBHOOK_PATH = '/api/webhooks/journeybee'

/**
 * The address that belongs into JourneyBee: PUBLIC_URL where it is set, else the host that the browser
 * asked for. A proxy's word for the scheme counts only if the settings trust it.
 */
export function webhookAddress(
  requestHeaders: Headers,
  settings: { PUBLIC_URL?: string; TRUST_PROXY: boolean },
): string {
  if (settings.PUBLIC_URL) return settings.PUBLIC_URL + WEBHOOK_PATH
  const forwarded = settings.TRUST_PROXY ? requestHeaders.get('x-forwarded-proto') : null
  const scheme = forwarded?.split(',')[0]?.trim() === 'https' ? 'https' : 'http'
  const host = requestHeaders.get('host') ?? ''
  const url = `${scheme}://${host}${WEBHOOK_PATH}`
  // The header is the caller's; it is shown, and goes into a shell command.
  return URL.canParse(url) && /^[\w.:[\]-]+$/.test(host) ? url : `http://localhost${WEBHOOK_PATH}`
}

/** Whether only the machine itself, or its own network name, can reach an address. */
export function isLocalAddress(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
