import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { GET } from '@/app/api/attachments/[uuid]/route'
import { runArchive } from '@/lib/archive/run-archive'
import { actingAs } from '@/lib/auth/current-user'
import { ARCHIVE } from '../../support/archive-settings'
import { outsideServer } from '../../support/outside-server'
import { emptyEverything } from '../../support/read-model'
import { readFiles, receiveAttachments } from '../../support/receive-attachments'
import { insertEvents } from '../../support/insert-events'
import { drainPending } from '@/lib/projector/drain-pending'
import { messageBody } from '../../support/sample-bodies'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

const FILES: Record<string, string> = {
  png: '\x89PNG\r\n\x1a\nbytes of an image',
  pdf: '%PDF-1.7\nbytes of a document',
  text: 'a line\n<b>another</b>\n',
  long: 'ä'.repeat(60_000),
  svg: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  html: '<!doctype html><script>alert(1)</script>',
  zip: 'PK\x03\x04\x14\0\0\0',
  empty: '',
}
const contents = new Map(
  Object.entries(FILES).map(([name, text]) => [
    name,
    Buffer.from(text, name === 'long' ? 'utf8' : 'latin1'),
  ]),
)

beforeEach(emptyEverything)

/** A host that calls every file an HTML page, whatever it is. */
async function outside() {
  return outsideServer((request, response) => {
    const content = contents.get(request.url!.slice(1))
    response.writeHead(content ? 200 : 404, { 'content-type': 'text/html' }).end(content)
  })
}

async function receiveAll(url: string) {
  const names = [...contents.keys(), 'gone']
  await receiveAttachments(Object.fromEntries(names.map((name) => [name, `${url}/${name}`])))
}

async function archiveAll() {
  const stop = new AbortController()
  const running = runArchive(stop)
  await vi.waitFor(
    async () => expect((await readFiles()).filter(({ state }) => state === 'waiting')).toEqual([]),
    { timeout: 20_000, interval: 20 },
  )
  stop.abort()
  await running
}

async function ask(
  uuid: string,
  as = 'download',
  headers: Record<string, string> = {},
  method = 'GET',
) {
  const query = new URLSearchParams({ company: 'company_1', message: 'message_1', as })
  const request = new Request(`http://waggle.test/api/attachments/x?${query}`, { headers, method })
  const params = Promise.resolve({ uuid: encodeURIComponent(uuid) })
  const response = await actingAs(user, () => GET(request, { params }))
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() }
}

test('nobody gets a file without signing in', async () => {
  const host = await outside()
  await receiveAll(host.url)
  const request = new Request(
    'http://waggle.test/api/attachments/png?company=company_1&message=message_1',
  )
  const response = await GET(request, { params: Promise.resolve({ uuid: 'png' }) })
  expect(response.status).toBe(401)
  expect(host.requests).toEqual([])
})

test.each([true, false])(
  'every file can be saved, byte for byte (archived: %s)',
  async (archived) => {
    const host = await outside()
    await receiveAll(host.url)
    if (archived) await archiveAll()
    const asked = host.requests.length
    for (const [name, content] of contents) {
      const { status, headers, bytes } = await ask(name)
      expect(status).toBe(200)
      expect(bytes.equals(content), name).toBe(true)
      expect(headers.get('content-disposition')).toBe(
        `attachment; filename="${name}.pdf"; filename*=UTF-8''${name}.pdf`,
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; sandbox;/)
      expect(headers.get('cache-control')).toMatch(/^private/)
      expect(headers.get('content-type')).not.toMatch(/html|svg|xml|script/)
    }
    expect(host.requests.length - asked).toBe(archived ? 0 : contents.size)
  },
)

test.each([true, false])(
  'only images and PDFs are shown in place, as what their bytes are (archived: %s)',
  async (archived) => {
    const host = await outside()
    await receiveAll(host.url)
    if (archived) await archiveAll()
    for (const [name, type] of [
      ['png', 'image/png'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const { status, headers } = await ask(name, 'preview')
      expect([status, headers.get('content-type')]).toEqual([200, type])
      expect(headers.get('content-disposition')).toMatch(/^inline; /)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; /)
    }
    for (const name of ['text', 'svg', 'html', 'zip', 'empty']) {
      const { status, headers } = await ask(name, 'preview')
      expect([name, status]).toEqual([name, 415])
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    }
  },
)

test('the beginning of a text can be read, cut between two characters, and never as a page', async () => {
  const host = await outside()
  await receiveAll(host.url)
  for (const archived of [false, true]) {
    if (archived) await archiveAll()
    expect(await ask('text', 'text')).toMatchObject({ status: 200, text: FILES.text })
    const long = await ask('long', 'text')
    expect(long).toMatchObject({ status: 200, text: 'ä'.repeat(51_200) })
    expect(long.headers.get('x-text-cut')).toBe('true')
    expect((await ask('text', 'text')).headers.has('x-text-cut')).toBe(false)
    const html = await ask('html', 'text')
    expect(html.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(html.headers.get('content-disposition')).toMatch(/^attachment; /)
    expect((await ask('png', 'text')).status).toBe(415)
  }
})

test('parts of an archived file are sent, and a part that is not there is refused', async () => {
  const host = await outside()
  await receiveAll(host.url)
  await archiveAll()
  const pdf = contents.get('pdf')!
  const size = pdf.length
  for (const [range, start, end] of [
    ['bytes=0-3', 0, 3],
    ['bytes=5-', 5, size - 1],
    ['bytes=-4', size - 4, size - 1],
    ['bytes=2-99999', 2, size - 1],
  ] as const) {
    const { status, headers, bytes } = await ask('pdf', 'preview', { range })
    expect(status).toBe(206)
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`)
    expect(bytes.equals(pdf.subarray(start, end + 1))).toBe(true)
  }
  const beyond = await ask('pdf', 'preview', { range: `bytes=${size}-` })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
  for (const range of ['bytes=3-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=a-b']) {
    expect((await ask('pdf', 'preview', { range })).status).toBe(200)
  }
  expect((await ask('pdf', 'preview', { range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(
    200,
  )
})

test('an archived file that the browser has already is not sent again', async () => {
  const host = await outside()
  await receiveAll(host.url)
  await archiveAll()
  const etag = `"${createHash('sha256').update(contents.get('png')!).digest('hex')}"`
  expect((await ask('png', 'preview')).headers.get('etag')).toBe(etag)
  const again = await ask('png', 'preview', { 'if-none-match': `"other", ${etag}` })
  expect([again.status, again.bytes.length]).toEqual([304, 0])
  const head = await ask('png', 'download', {}, 'HEAD')
  expect([head.status, head.bytes.length]).toEqual([200, 0])
  expect(head.headers.get('content-length')).toBe(String(contents.get('png')!.length))
})

test('what cannot be had says why', async () => {
  const host = await outside()
  await receiveAll(host.url)
  expect(await ask('gone')).toMatchObject({
    status: 502,
    text: 'Its host answered 404: it is no longer there.',
  })
  expect((await ask('never')).status).toBe(404)
  expect((await ask('png', 'nonsense')).status).toBe(400)
  await receiveAttachments({ inner: 'http://10.0.0.1/' }, { updated_at: 2_000 })
  expect(await ask('inner')).toMatchObject({
    status: 502,
    text: '10.0.0.1 is not an address of the public internet.',
  })
})

test('a HEAD, and a preview that is refused, keep no place among the fetches', async () => {
  const host = await outside()
  await receiveAll(host.url)
  for (let asked = 0; asked < 20; asked++) {
    expect((await ask('long', 'preview')).status).toBe(415)
    expect((await ask('long', 'download', {}, 'HEAD')).status).toBe(200)
  }
  expect((await ask('png', 'preview')).status).toBe(200)
})

test('a file that is gone from the archive is fetched from where it came', async () => {
  const host = await outside()
  await receiveAll(host.url)
  await archiveAll()
  const asked = host.requests.length
  await rm(ARCHIVE, { recursive: true })
  const { headers, bytes } = await ask('pdf', 'download', { range: 'bytes=0-3' })
  expect(bytes.equals(contents.get('pdf')!)).toBe(true)
  expect(host.requests).toHaveLength(asked + 1)
  // What the archive knew of it need not be so where it came from.
  expect([headers.get('etag'), headers.get('accept-ranges')]).toEqual([null, null])
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test('a file that is gone from the archive is archived again', async () => {
  const host = await outside()
  await receiveAll(host.url)
  await archiveAll()
  await rm(ARCHIVE, { recursive: true })
  await ask('pdf')
  expect((await readFiles()).filter(({ state }) => state === 'waiting')).toHaveLength(1)
  await archiveAll()
  const asked = host.requests.length
  expect((await ask('pdf')).bytes.equals(contents.get('pdf')!)).toBe(true)
  expect(host.requests).toHaveLength(asked)
})

test('an address that says something twice is refused', async () => {
  await receiveAll((await outside()).url)
  const query = 'company=company_1&company=company_2&message=message_1'
  const request = new Request(`http://waggle.test/api/attachments/x?${query}`)
  const params = Promise.resolve({ uuid: 'png' })
  expect((await actingAs(user, () => GET(request, { params }))).status).toBe(400)
})

test('the files of a deleted message are served to nobody', async () => {
  const host = await outside()
  await receiveAll(host.url)
  await archiveAll()
  await insertEvents([{ eventType: 'message_deleted', body: messageBody({ updated_at: 5_000 }) }])
  await drainPending()
  expect((await ask('pdf')).status).toBe(404)
})
