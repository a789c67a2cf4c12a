import pg from 'pg'
import { roomHref } from '@/components/addresses'
import { encodeCursor, type Cursor } from '@/lib/pagination'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import { fillBacklog } from './fill-backlog'
import { median } from './median'
import { waitUntilProjected } from './pending-events'
import { startWaggleProcess } from './receiver-processes'
import { readPage, signIn } from './sign-in'

/** Server times in milliseconds, medians, from the request to the last byte. */
export type PageTime = { page: string; first: number; last: number; ratio: number }

const WARM_UP = 5
const REQUESTS = 25

type List = { page: string; address?: string; cursor: string; query: string; parameter: string }

// Each query finds the key of a row half a page from the list's end.
const LISTS: List[] = [
  {
    page: '/events',
    parameter: 'after',
    cursor: 'seq',
    query: 'SELECT seq AS a FROM webhook_event ORDER BY seq OFFSET 25 LIMIT 1',
  },
  {
    page: '/partnerships',
    parameter: 'after',
    cursor: 'text',
    query: `SELECT sort_key AS a, company_uuid AS b, uuid AS c FROM partnership
      ORDER BY 1 DESC, 2 DESC, 3 DESC OFFSET 25 LIMIT 1`,
  },
  {
    page: '/contacts',
    parameter: 'after',
    cursor: 'text',
    query: `SELECT sort_key AS a, company_uuid AS b, uuid AS c FROM contact
      ORDER BY 1 DESC, 2 DESC, 3 DESC OFFSET 25 LIMIT 1`,
  },
]

/**
 * How long pages take at the beginning and at the end of long lists, on a database that is filled
 * already, with a room of `messages` messages added to it.
 */
export async function measurePages(
  databaseUrl: string,
  messages: number,
  port: number,
  directory: string,
): Promise<PageTime[]> {
  await fillBacklog(databaseUrl, generateTraffic({ seed: 8, partnerships: 1, messages }))
  const waggle = await startWaggleProcess(databaseUrl, port, directory)
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    await waitUntilProjected(databaseUrl)
    await client.query('ANALYZE')
    const origin = `http://127.0.0.1:${port}`
    const cookie = await signIn(client, origin)
    const times: PageTime[] = []
    for (const list of [...LISTS, await longestRoom(client)]) {
      const address = list.address ?? list.page
      const { rows } = await client.query<{ a: string; b?: string; c?: string }>(list.query)
      const row = rows[0]
      if (!row) continue
      const glue = address.includes('?') ? '&' : '?'
      const deep = `${address}${glue}${list.parameter}=${encodeCursor(cursorOf(list.cursor, row))}`
      const first = await serverTime(origin + address, cookie)
      const last = await serverTime(origin + deep, cookie)
      times.push({ page: list.page, first, last, ratio: last / first })
    }
    return times
  } finally {
    await client.end()
    await waggle.stop()
  }
}

function cursorOf(kind: string, { a, b, c }: { a: string; b?: string; c?: string }): Cursor {
  if (kind === 'seq') return [a]
  if (kind === 'time') return [new Date(a).getTime(), b ?? '']
  return [a, b ?? '', c ?? '']
}

async function longestRoom(client: pg.Client): Promise<List> {
  const { rows } = await client.query<{ company_uuid: string; uuid: string }>(
    'SELECT company_uuid, uuid FROM room ORDER BY message_count DESC LIMIT 1',
  )
  const { company_uuid: companyUuid = '', uuid = '' } = rows[0] ?? {}
  const where = `company_uuid = ${pg.escapeLiteral(companyUuid)} AND room_uuid = ${pg.escapeLiteral(uuid)}`
  return {
    page: '/rooms/[uuid]',
    address: roomHref({ companyUuid, uuid }),
    parameter: 'before',
    cursor: 'time',
    query: `SELECT created_at AS a, uuid AS b FROM message WHERE ${where}
      ORDER BY created_at, uuid OFFSET 50 LIMIT 1`,
  }
}

async function serverTime(address: string, cookie: string): Promise<number> {
  const times: number[] = []
  for (let request = 0; request < WARM_UP + REQUESTS; request++) {
    const started = performance.now()
    await readPage(address, cookie)
    if (request >= WARM_UP) times.push(performance.now() - started)
  }
  return median(times)
}
