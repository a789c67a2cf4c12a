import { once } from 'node:events'
import pg from 'pg'
import { migrate } from '@/lib/runtime/migrate'
import type { BenchServer } from './bench-server'
import { fillLists } from './fill-lists'
import type { ListsSize } from './lists-dataset'
import type { QueryTimes } from './lists-process'
import { measureTimes, type Times } from './measure-times'
import { BENCH_EMAIL, BENCH_SECRET, forkScript, startWaggleProcess } from './receiver-processes'
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
  const queries = await measureQueries(databaseUrl, say)
  const lists = await measurePages(databaseUrl, queries, port, directory, say)
  return { size, fillSeconds, lists }
}

async function measureQueries(
  databaseUrl: string,
  say: (line: string) => void,
): Promise<QueryTimes[]> {
  const child = forkScript('tests/bench/lists-process.ts', {
    DATABASE_URL: databaseUrl,
    INTEGRATION_UUID: BENCH_SECRET,
    ADMIN_EMAIL: BENCH_EMAIL,
    ADMIN_PASSWORD: 'only for the benchmark',
    NODE_ENV: 'production',
  })
  child.stderr?.pipe(process.stderr)
  const queries: QueryTimes[] = []
  child.on('message', (times) => {
    queries.push(times as QueryTimes)
    say(`measured the queries of ${(times as QueryTimes).list}: ${(times as QueryTimes).name}`)
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('The queries of the lists could not be measured.')
  return queries
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
