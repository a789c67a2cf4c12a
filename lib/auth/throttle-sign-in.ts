import { db } from '@/lib/db'

/** Failures that one address may make in a window, and all addresses together. */
export const FAILURES_PER_ADDRESS = 10
export const FAILURES_TOGETHER = 1_000
export const WINDOW_MS = 15 * 60_000

const TOGETHER = 'all'

/** Until when an attempt is refused; null when it may be made. */
export type Throttled = { until: Date } | null

/**
 * Takes one attempt from the allowance of an address, then from that of all addresses. The attempt is
 * counted before the password is looked at, in one upsert, so that parallel guesses in any number of
 * processes can't slip past; `forgiveAttempt` gives it back when the password was right. An address that
 * is refused does not use up what the others share.
 */
export async function takeAttempt(address: string): Promise<Throttled> {
  return (
    (await take(`address:${bucketOf(address)}`, FAILURES_PER_ADDRESS)) ??
    (await take(TOGETHER, FAILURES_TOGETHER))
  )
}

/** Gives back what `takeAttempt` took and forgets the address's failures. */
export async function forgiveAttempt(address: string): Promise<void> {
  await db().$executeRaw`DELETE FROM sign_in_throttle WHERE key = ${`address:${bucketOf(address)}`}`
  await db().$executeRaw`
    UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0) WHERE key = ${TOGETHER}`
}

/** Deletes the counters whose window has passed. */
export async function purgeAttempts(): Promise<void> {
  const windowEnd = new Date(Date.now() - WINDOW_MS)
  await db().signInThrottle.deleteMany({ where: { windowStart: { lte: windowEnd } } })
}

async function take(key: string, allowance: number): Promise<Throttled> {
  const now = new Date()
  const oldest = new Date(now.getTime() - WINDOW_MS)
  // Stops counting at the allowance + 1: the counter can't overflow, and a refused attempt does not
  // prolong the window.
  const [row] = await db().$queryRaw<{ failures: number; window_start: Date }[]>`
    INSERT INTO sign_in_throttle AS t (key, window_start, failures) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN t.window_start <= ${oldest} THEN 1
        ELSE least(t.failures + 1, ${allowance}::int + 1) END,
      window_start = CASE WHEN t.window_start <= ${oldest} THEN excluded.window_start
        ELSE t.window_start END
    RETURNING failures, window_start`
  if (!row || row.failures <= allowance) return null
  return { until: new Date(row.window_start.getTime() + WINDOW_MS) }
}

// Whoever has one IPv6 address has its /64.
function bucketOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 64)
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const after = tail.split(':').filter(Boolean)
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
