import { migrate } from '@/lib/runtime/migrate'
import type { BenchServer } from './bench-server'
import { fillSearched } from './fill-searched'
import { measureInProcess } from './receiver-processes'
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
  const searches = await measureInProcess<SearchTimes>('tests/bench/search-process.ts', databaseUrl)
  return { messages, searches }
}
