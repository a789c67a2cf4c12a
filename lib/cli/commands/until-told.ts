import { pause } from '@/lib/pause'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { connectAgain } from '../connect-database'
import { isDatabaseAway } from '../is-database-away'
import type { Terminal } from './command'
import { printableText } from './printable-text'

const POLL_MS = 500

/**
 * Looks into the database twice a second until there is something to end with. It outlives the database being away,
 * says so once, and connects anew; any other error ends it.
 *
 * @param look What to end with, or null.
 * @param say Where to say that the database is away.
 * @returns Null when it was stopped.
 */
export async function untilTold<T>(
  stop: Terminal['stop'],
  look: () => Promise<T | null>,
  say: (text: string) => void,
): Promise<T | null> {
  let away = false
  while (!stop.aborted) {
    try {
      if (away) {
        await connectAgain()
        say('The database is back.\n')
        away = false
      }
      const told = await look()
      if (told !== null) return told
    } catch (error) {
      if (stop.aborted) break
      if (!isDatabaseAway(error)) throw error
      if (!away) say(`The database is out of reach (${reasonOf(error)}); trying again.\n`)
      away = true
    }
    await pause(POLL_MS, stop)
  }
  return null
}

function reasonOf(error: unknown): string {
  const lines = databaseErrorMessage(error).trim().split('\n')
  return printableText((lines.at(-1) ?? '').replace(/\.$/, ''))
}
