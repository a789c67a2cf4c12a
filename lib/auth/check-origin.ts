import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** An action that another site, or something that is no browser, asked for. */
export class ForeignOriginError extends AppError {
  constructor() {
    super('foreign_origin', 'This form was not sent from Waggle. Reload the page and try again.')
  }
}

/**
 * The first line of every server action. Next compares Origin and Host too, but lets a request without an
 * Origin through; every browser sends one with a POST, so here it is required.
 *
 * @throws ForeignOriginError
 */
export async function checkOrigin(): Promise<void> {
  if (!isOwnOrigin(await headers(), env().PUBLIC_URL)) throw new ForeignOriginError()
}

/** Whether the request's Origin is the host that it was sent to, or the public address of this server. */
export function isOwnOrigin(requestHeaders: Headers, publicUrl: string | undefined): boolean {
  const origin = requestHeaders.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  if (publicUrl && new URL(publicUrl).origin === new URL(origin).origin) return true
  return new URL(origin).host === requestHeaders.get('host')
}
