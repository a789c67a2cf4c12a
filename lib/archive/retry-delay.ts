/** How often a file is tried before it counts as failed. */
export const MAX_ATTEMPTS = 10

const FIRST_MS = 5_000
const FACTOR = 3
const LONGEST_MS = 6 * 60 * 60 * 1_000

/**
 * The pause after so many failed attempts in milliseconds: 5 s, 15 s, 45 s … 6 h, of which a random half to all,
 * so that what failed together is not tried together. All attempts together span half a day.
 */
export function retryDelay(attempts: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempts - 1))
  return Math.round(longest * (0.5 + Math.random() / 2))
}
