import pg from 'pg'
import { migrate } from '@/lib/runtime/migrate'
import type { BenchServer } from './bench-server'
import { fillLists } from './fill-lists'
import type { ListsSize } from './lists-dataset'
import type { QueryTimes } from './lists-process'
import { measureTimes, type Times } from './measure-times'
import { measureInProcess, startWaggleProcess } from './receiver-processes'
import { readPage, signIn } from './sign-in'

/** What a question costs: in the database, and as a page, from the request to the last byte. */
export type ListTimes = QueryTimes & { page: { first: Times; last: Times | null } }

export type ListsReport = { size: ListsSize; fillSeconds: number; lists: ListTimes[] }

const REPETITIONS = 50
// Where a page takes longer than it should there are fewer, so that the whole of it ends.
const PATIENCE_MS = 1_800

/** How long the lists take on a read model of this size, and whether a query reads a table whole. */
export async function measureLists(
  server: BenchServer,
  size: ListsSize,
  port: number,
  directory: string,
  say: (line: string) => void,
): Promise<ListsReport> {
  const databaseUrl = await server.createDatabase('lists')
  await migrate(databaseUrl)
  say(`writing ${size.partnerships} partnerships with all that belongs to them`)
  const started = performance.now()
  await fillLists(databaseUrl, size)
  const fillSeconds = (performance.now() - started) / 1000
  await server.checkpoint()
  const queries = await measureInProcess<QueryTimes>(
    'tests/bench/lists-process.ts',
    databaseUrl,
    ({ list, name }) => say(`measured the queries of ${list}: ${name}`),
  )
  const lists = await measurePages(databaseUrl, queries, port, directory, say)
  return { size, fillSeconds, lists }
}

async function measurePages(
  databaseUrl: string,
  queries: QueryTimes[],
  port: number,
  directory: string,
  say: (line: string) => void,
): Promise<ListTimes[]> {
  const waggle = await startWaggleProcess(databaseUrl, port, directory)
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const origin = `http://127.0.0.1:${port}`
    const cookie = await signIn(client, origin)
    const lists: ListTimes[] = []
    for (const query of queries) {
      say(`measuring the pages of ${query.list}: ${query.name}`)
      // No parameter at all opens the default view.
      const base = `${origin}/${query.list}?${query.address || 'view=all'}`
      const measure = (address: string) =>
        measureTimes(() => readPage(address, cookie), REPETITIONS, PATIENCE_MS)
      const first = await measure(base)
      const last = query.last && (await measure(`${base}&after=${query.last.after}`))
      lists.push({ ...query, page: { first, last } })
    }
    return lists
  } finally {
    await client.end()
    await waggle.stop()
  }
}
