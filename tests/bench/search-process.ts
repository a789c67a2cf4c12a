import { actingAs } from '@/lib/auth/current-user'
import { disconnectDb } from '@/lib/db'
import { searchMessages } from '@/lib/queries/search-messages'
import { indexesReadWhole, tableSizes } from '../support/indexes-read-whole'
import { tablesReadWhole, watchPlans } from '../support/watch-plans'
import { measureTimes, type Times } from './measure-times'

/** What a search for messages costs in the database. */
export type SearchTimes = {
  q: string
  /** How many messages it says that there are, with a + where there may be more. */
  found: string
  times: Times
  /** Tables and indexes that it read from beginning to end. */
  scanned: string[]
}

const SEARCHES = [
  'w0',
  'w4999',
  'w2500',
  'w0 w1 w2',
  'w4998 w4999',
  '"w0 w1"',
  '"w4000 w4001"',
  'w12',
  'w49 w48',
  'w4999 -w0',
  'nowhere',
  'from:given7',
  'from:given7 w4999',
  'in:"partner 77" w300',
  'has:file w0',
  'has:file w4999',
  'after:2025-06-01 w4999',
  'before:2024-02-01 w0',
  'before:2024-02-01 w4999',
  'offer-500000',
]
const REPETITIONS = 20
const PATIENCE_MS = 2_000

const user = { id: '00000000-0000-7000-8000-000000000001', email: 'bench@waggle.example' }

await actingAs(user, async () => {
  for (const q of SEARCHES) {
    const search = () => searchMessages(q, 'best', {})
    const { count, exact } = await search()
    const watched = await watchPlans(search)
    const told: SearchTimes = {
      q,
      found: `${count}${exact ? '' : '+'}`,
      times: await measureTimes(search, REPETITIONS, PATIENCE_MS),
      scanned: [...tablesReadWhole(watched), ...indexesReadWhole(watched, await tableSizes())],
    }
    process.send?.(told)
  }
})
await disconnectDb()
process.disconnect()
