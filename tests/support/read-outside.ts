import type { FetchLimits, FetchOptions } from '@/lib/fetching/send-once'
import { fetchPolicy } from '@/lib/fetching/fetch-policy'
import { openAddress } from '@/lib/fetching/open-address'

export const LIMITS: FetchLimits = {
  connectMs: 5_000,
  answerMs: 5_000,
  idleMs: 5_000,
  totalMs: 10_000,
  maxBytes: 1024 * 1024,
  maxRedirects: 5,
}

/** Lets a fetch reach the servers of a test, which stand on this machine for the world outside. */
export const LOOPBACK = fetchPolicy(null, true)

/** Fetches an address and reads the answer to its end. */
export async function readOutside(url: string, options: Partial<FetchOptions> = {}) {
  const opened = await openAddress(url, { policy: LOOPBACK, limits: LIMITS, ...options })
  const chunks: Buffer[] = []
  for await (const chunk of opened.body) chunks.push(chunk)
  return { ...opened, bytes: Buffer.concat(chunks) }
}
