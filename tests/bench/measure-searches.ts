import { once } from 'node:events'
import { migrate } from '@/lib/runtime/migrate'
import type { BenchServer } from './bench-server'
import { fillSearched } from './fill-searched'
import { BENCH_EMAIL, BENCH_SECRET, forkScript } from './receiver-processes'
import type { SearchTimes } from './search-process'

export type SearchReport = { messages: number; searches: SearchTimes[] }

/** How long searches take among so many messages, and whether one reads a table whole. */
export async function measureSearches(
  server: BenchServer,
  messages: number,
  say: (line: string) => void,
): Promise<SearchReport> {
  const databaseUrl = await server.createDatabase('search')
  await migrate(databaseUrl)
  say(`writing ${messages} messages`)
  await fillSearched(databaseUrl, messages)
  await server.checkpoint()
  const child = forkScript('tests/bench/search-process.ts', {
    DATABASE_URL: databaseUrl,
    INTEGRATION_UUID: BENCH_SECRET,
    ADMIN_EMAIL: BENCH_EMAIL,
    ADMIN_PASSWORD: 'only for the benchmark',
    NODE_ENV: 'production',
  })
  child.stderr?.pipe(process.stderr)
  const searches: SearchTimes[] = []
  child.on('message', (times) => searches.push(times as SearchTimes))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('The searches could not be measured.')
  return { messages, searches }
}
