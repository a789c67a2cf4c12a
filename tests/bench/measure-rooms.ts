import { chromium } from '@playwright/test'
import pg from 'pg'
import { messageAnchor, messageHref, roomHref } from '@/components/addresses'
import { findInstalledBrowser } from '@/lib/cli/find-browser'
import { migrate } from '@/lib/runtime/migrate'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import type { BenchServer } from './bench-server'
import { fillBacklog } from './fill-backlog'
import { median } from './median'
import { measureTimes } from './measure-times'
import { waitUntilProjected } from './pending-events'
import { startWaggleProcess } from './receiver-processes'
import { readPage, signIn } from './sign-in'

/**
 * Milliseconds, medians: of the server's answer, until the browser shows the message in its place, and until the
 * list that scrolls through the whole room shows it there.
 */
export type RoomTime = {
  opened: string
  messages: number
  server: number
  browser: number
  scrolls: number
}

const OPENINGS = 7
const REQUESTS = 25

/** How long the longest room takes to open at its last message, and at one in its middle. */
export async function measureRooms(
  server: BenchServer,
  messages: number,
  port: number,
  directory: string,
  say: (line: string) => void,
): Promise<RoomTime[]> {
  const databaseUrl = await server.createDatabase('rooms')
  await migrate(databaseUrl)
  say(`writing a room of ${messages} messages`)
  await fillBacklog(databaseUrl, generateTraffic({ seed: 8, partnerships: 1, messages }))
  const waggle = await startWaggleProcess(databaseUrl, port, directory)
  const client = new pg.Client({ connectionString: databaseUrl })
  const browser = await chromium.launch({
    executablePath: findInstalledBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  try {
    await client.connect()
    await waitUntilProjected(databaseUrl)
    await client.query('VACUUM ANALYZE')
    const origin = `http://127.0.0.1:${port}`
    const cookie = await signIn(client, origin)
    const [name = '', value = ''] = cookie.split('=')
    const context = await browser.newContext()
    await context.addCookies([{ name, value, url: origin }])
    const times: RoomTime[] = []
    for (const { opened, address, uuid, count } of await placesOf(client)) {
      const read = () => readPage(origin + address.split('#')[0], cookie)
      const server = (await measureTimes(read, REQUESTS)).p50
      const shown: number[] = []
      const scrolling: number[] = []
      // The first opening fetches what the browser keeps: it is not counted.
      for (let opening = 0; opening <= OPENINGS; opening++) {
        const page = await context.newPage()
        const started = performance.now()
        await page.goto(origin + address, { waitUntil: 'commit' })
        await page.waitForFunction(isInView, { id: messageAnchor(uuid), within: 'body' })
        const first = performance.now() - started
        await page.waitForFunction(isInView, { id: messageAnchor(uuid), within: '[role=feed]' })
        if (opening > 0) {
          shown.push(first)
          scrolling.push(performance.now() - started)
        }
        await page.close()
      }
      times.push({
        opened,
        messages: count,
        server,
        browser: median(shown),
        scrolls: median(scrolling),
      })
    }
    return times
  } finally {
    await browser.close()
    await client.end()
    await waggle.stop()
  }
}

/** Runs in the page: whether the message, in what is named, is where a reader sees it. */
function isInView({ id, within }: { id: string; within: string }): boolean {
  const found = document.querySelector(within)?.querySelector(`[id=${JSON.stringify(id)}]`)
  if (!found) return false
  const { left, top, height } = found.getBoundingClientRect()
  const there = document.elementFromPoint(left + 5, top + height / 2)
  return there !== null && found.contains(there)
}

async function placesOf(client: pg.Client) {
  const { rows } = await client.query<{
    company: string
    room: string
    count: number
    last: string
    middle: string
  }>(
    `SELECT r.company_uuid AS company, r.uuid AS room, r.message_count AS count,
       r.last_message_uuid AS last,
       (SELECT m.uuid FROM message m
        WHERE m.company_uuid = r.company_uuid AND m.room_uuid = r.uuid
        ORDER BY m.created_at, m.uuid OFFSET r.message_count / 2 LIMIT 1) AS middle
     FROM room r ORDER BY r.message_count DESC LIMIT 1`,
  )
  const row = rows[0]
  if (!row) throw new Error('There is no room.')
  const { company: companyUuid, room, count, last, middle } = row
  return [
    {
      opened: 'at its last message',
      address: roomHref({ companyUuid, uuid: room }),
      uuid: last,
      count,
    },
    {
      opened: 'at a deep link',
      address: messageHref({ companyUuid, roomUuid: room, uuid: middle }),
      uuid: middle,
      count,
    },
  ]
}
