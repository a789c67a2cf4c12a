import { readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import pg from 'pg'
import { migrate } from '@/lib/runtime/migrate'
import { fieldColumn } from '@/lib/list-view/field-column'
import type { BenchServer } from './bench-server'
import { fillLists } from './fill-lists'
import { FIELD_TYPES, fieldUuid } from './lists-dataset'
import { residentMemory } from './process-memory'
import { startWaggleProcess } from './receiver-processes'
import { readPage, signIn } from './sign-in'

/** An export of all partnerships; memory is the server's, in MiB, resident. `thirds` has the most of each third of it. */
export type ExportReport = {
  format: 'csv' | 'json'
  /** In `X-Row-Count`, and counted in the file. */
  stated: number
  written: number
  megabytes: number
  seconds: number
  before: number
  thirds: number[]
  peak: number
}

// Node tidies up when its memory runs short, not when something can be tidied up: without a limit the memory that
// is seen is mostly what nobody holds any more, and what an export does hold does not show.
const HEAP_LIMIT = '--max-old-space-size=256'

/** Exports a list of `partnerships` with seven custom fields through the server, and what memory that takes. */
export async function measureExport(
  server: BenchServer,
  partnerships: number,
  port: number,
  directory: string,
  say: (line: string) => void,
): Promise<ExportReport[]> {
  const databaseUrl = await server.createDatabase('export')
  await migrate(databaseUrl)
  say(`filling a list of ${partnerships} partnerships`)
  await fillLists(databaseUrl, { partnerships, contacts: 1_000, messages: 1_000 })
  const waggle = await startWaggleProcess(databaseUrl, port, directory, [HEAP_LIMIT])
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const origin = `http://127.0.0.1:${port}`
    const cookie = await signIn(client, origin)
    await readPage(`${origin}/partnerships`, cookie)
    const fields = FIELD_TYPES.map((_, n) => fieldColumn('company_a', fieldUuid('company_a', n)))
    const columns = ['name', 'stage', 'tier', 'country', 'domain', 'contacts', ...fields]
    const reports: ExportReport[] = []
    for (const format of ['csv', 'json'] as const) {
      say(`exporting them as ${format}`)
      const query = new URLSearchParams({ format, columns: columns.map(encodeURIComponent).join() })
      const address = `${origin}/api/export/partnerships?${query}`
      reports.push({ format, ...(await measure(address, cookie, waggle.child.pid ?? 0, format)) })
    }
    return reports
  } finally {
    await client.end()
    await waggle.stop()
  }
}

async function measure(address: string, cookie: string, pid: number, format: 'csv' | 'json') {
  await resetPeak(pid)
  const before = await residentMemory(pid)
  const started = performance.now()
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(address, { headers: { cookie } }, resolve).on('error', reject)
  })
  if (response.statusCode !== 200) throw new Error(`The export answered ${response.statusCode}.`)
  let bytes = 0
  let lines = 0
  const samples: number[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === LINE_END) lines++
    samples.push(await residentMemory(pid))
  }
  return {
    stated: Number(response.headers['x-row-count']),
    // No text of the data set has a line end: a CSV file has its head before the rows, and a JSON file, which has
    // a row a line, a line before and one after them.
    written: lines - (format === 'csv' ? 1 : 2),
    megabytes: bytes / 1e6,
    seconds: (performance.now() - started) / 1000,
    before,
    thirds: [0, 1, 2].map((third) => mostOf(samples, third / 3, (third + 1) / 3)),
    peak: await peakMemory(pid),
  }
}

const LINE_END = 10

// From here on the system notes a new peak (proc(5), clear_refs).
async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined)
}

/** The largest of a part of samples, from one share of them to another; 0 for none. */
function mostOf(samples: number[], from: number, to: number): number {
  const part = samples.slice(Math.floor(from * samples.length), Math.ceil(to * samples.length))
  return Math.max(0, ...part)
}

/** MiB; 0 where the system does not tell. */
async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
