import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { claimFiles } from '@/lib/archive/claim-files'
import { removeHalfReceived } from '@/lib/archive/receive-file'
import { MAX_ATTEMPTS } from '@/lib/archive/retry-delay'
import { runArchive } from '@/lib/archive/run-archive'
import { db } from '@/lib/db'
import { ARCHIVE, MAX_FILE_BYTES } from '../../support/archive-settings'
import { outsideServer } from '../../support/outside-server'
import { emptyEverything } from '../../support/read-model'
import {
  makeDue,
  readFiles,
  receiveAttachments,
  type FileRow,
} from '../../support/receive-attachments'

const WAIT = { timeout: 20_000, interval: 20 }
const PARTIAL = path.join(ARCHIVE, 'partial')

beforeEach(emptyEverything)

/** Runs the archive until its files satisfy the condition, as so many processes would. */
async function archiveUntil(holds: (files: FileRow[]) => boolean, processes = 1) {
  const stop = new AbortController()
  const running = Array.from({ length: processes }, () => runArchive(stop))
  await vi.waitFor(async () => expect(holds(await readFiles())).toBe(true), WAIT)
  stop.abort()
  await Promise.all(running)
  return readFiles()
}

const settled = (files: FileRow[]) => files.every(({ state }) => state !== 'waiting')
const triedOnce = (files: FileRow[]) => files.every((file) => file.attempts > 0 && !file.leased)

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function fileOf(hash: string): string {
  return path.join(ARCHIVE, hash.slice(0, 2), hash)
}

test('files are fetched once, kept by their content, and equal contents are kept once', async () => {
  const content = Buffer.concat([Buffer.from('%PDF-1.7'), randomBytes(200_000)])
  const outside = await outsideServer((_request, response) => response.end(content))
  await receiveAttachments({ a: `${outside.url}/a`, b: `${outside.url}/b`, none: null, blank: ' ' })
  const files = await archiveUntil((all) => all.length === 2 && settled(all), 3)

  const kept = { state: 'archived', sha256: sha256(content), fileSize: content.length, attempts: 1 }
  expect(files).toMatchObject([
    { uuid: 'a', ...kept, mediaType: 'application/pdf' },
    { uuid: 'b', ...kept, mediaType: 'application/pdf' },
  ])
  expect((await readFile(fileOf(sha256(content)))).equals(content)).toBe(true)
  expect(await readdir(PARTIAL)).toEqual([])
  expect(outside.requests.map(({ url }) => url).sort()).toEqual(['/a', '/b'])

  // The same events once more, as a rebuild would bring them.
  await receiveAttachments({ a: `${outside.url}/a`, b: `${outside.url}/b` })
  await archiveUntil(settled)
  expect(outside.requests).toHaveLength(2)
})

test('an edit that changes a link makes it a file of its own, and what was kept stays', async () => {
  const outside = await outsideServer((request, response) => response.end(request.url))
  await receiveAttachments({ a: `${outside.url}/first` })
  await archiveUntil(settled)
  await receiveAttachments({ a: `${outside.url}/second` }, { updated_at: 2_000 })
  const files = await archiveUntil(settled)
  expect(files.map(({ sha256: hash }) => hash).sort()).toEqual(
    ['/first', '/second'].map((text) => sha256(Buffer.from(text))).sort(),
  )
})

test('a file whose message was deleted or changed before is not fetched, until that is taken back', async () => {
  const outside = await outsideServer((_request, response) => response.end('late'))
  await receiveAttachments({ a: `${outside.url}/taken-back` })
  await receiveAttachments({ a: `${outside.url}/now` }, { updated_at: 2_000 })
  await archiveUntil((files) => files.some(({ state }) => state === 'archived'))
  const [before] = (await readFiles()).filter(({ state }) => state === 'waiting')
  expect(before).toMatchObject({ attempts: 0, leased: false })
  expect(before!.waitSeconds).toBeGreaterThan(3_600)
  expect(outside.requests.map(({ url }) => url)).toEqual(['/now'])

  await receiveAttachments({ a: `${outside.url}/taken-back` }, { updated_at: 3_000 })
  await archiveUntil(settled)
  expect(outside.requests.map(({ url }) => url)).toEqual(['/now', '/taken-back'])
})

test('what may pass is tried again later, further apart each time, and given up after ten attempts', async () => {
  const outside = await outsideServer((_request, response) => response.writeHead(503).end())
  await receiveAttachments({ a: outside.url })
  const [first] = await archiveUntil(triedOnce)
  expect(first).toMatchObject({ state: 'waiting', errorCode: 'status', attempts: 1 })
  expect(first!.errorMessage).toBe('Its host answered 503.')
  expect(first!.waitSeconds).toBeGreaterThan(0)
  expect(first!.waitSeconds).toBeLessThanOrEqual(5)

  await db().$executeRaw`UPDATE attachment_file SET attempts = ${MAX_ATTEMPTS - 2}`
  await makeDue()
  const [late] = await archiveUntil(
    ([file]) => file!.attempts === MAX_ATTEMPTS - 1 && !file!.leased,
  )
  expect(late!.waitSeconds).toBeGreaterThan(3_600)
  await makeDue()
  expect(await archiveUntil(settled)).toMatchObject([{ state: 'failed', attempts: MAX_ATTEMPTS }])
})

test.each([
  ['that is gone', 404, 'Its host answered 404: it is no longer there.'],
  ['that has expired', 403, 'Its host answered 403: the link has expired or is not for us.'],
  ['that has no content', 204, 'Its host answered 204.'],
])('a link %s fails at once and says so', async (_what, status, errorMessage) => {
  const outside = await outsideServer((_request, response) => response.writeHead(status).end())
  await receiveAttachments({ a: outside.url })
  expect(await archiveUntil(settled)).toMatchObject([
    { state: 'failed', attempts: 1, errorCode: 'status', errorMessage },
  ])
})

test('a link that leads within or is no web address fails at once, one that is too large is skipped', async () => {
  const outside = await outsideServer((request, response) => {
    if (request.url === '/large') return response.end(Buffer.alloc(MAX_FILE_BYTES + 1))
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
  })
  await receiveAttachments({
    a: `${outside.url}/inner`,
    b: `${outside.url}/large`,
    c: 'javascript:alert(1)',
  })
  expect(await archiveUntil(settled)).toMatchObject([
    { state: 'failed', errorCode: 'inner_address' },
    { state: 'skipped', errorCode: 'too_large' },
    { state: 'failed', errorCode: 'bad_address' },
  ])
  expect(await readdir(PARTIAL)).toEqual([])
})

test('a file that is broken off leaves nothing behind and is fetched whole the next time', async () => {
  const content = randomBytes(300_000)
  const outside = await outsideServer((_request, response) => {
    response.writeHead(200, { 'content-length': content.length })
    if (outside.requests.length > 1) return response.end(content)
    response.write(content.subarray(0, 100_000), () => response.destroy())
  })
  await receiveAttachments({ a: outside.url })
  expect(await archiveUntil(triedOnce)).toMatchObject([
    { state: 'waiting', errorCode: 'bad_answer' },
  ])
  expect(await readdir(PARTIAL)).toEqual([])
  await makeDue()
  expect(await archiveUntil(settled)).toMatchObject([{ state: 'archived', attempts: 2 }])
  expect((await readFile(fileOf(sha256(content)))).equals(content)).toBe(true)
})

test('a stop gives back what is under way, at no cost of an attempt', async () => {
  let asked!: (response: ServerResponse) => void
  const underWay = new Promise<ServerResponse>((resolve) => (asked = resolve))
  const outside = await outsideServer((_request, response) => {
    response.write('half')
    asked(response)
  })
  await receiveAttachments({ a: outside.url })
  const stop = new AbortController()
  const running = runArchive(stop)
  const closed = once(await underWay, 'close')
  stop.abort()
  await Promise.all([running, closed])
  expect(await readFiles()).toMatchObject([{ state: 'waiting', leased: false, attempts: 0 }])
  expect(await readdir(PARTIAL)).toEqual([])
})

test('a process that dies loses its lease, and another one fetches the file', async () => {
  const outside = await outsideServer((_request, response) => response.end('whole'))
  await receiveAttachments({ a: outside.url })
  // Claimed, and never heard of again.
  expect(await claimFiles(4)).toHaveLength(1)
  expect(await claimFiles(4)).toEqual([])
  const [file] = await readFiles()
  expect(file).toMatchObject({ leased: true, attempts: 1 })
  expect(file!.waitSeconds).toBeLessThanOrEqual(30)
  await makeDue()
  expect(await archiveUntil(settled)).toMatchObject([{ state: 'archived', attempts: 2 }])
})

test('a file that ends every process is given up in the end', async () => {
  const outside = await outsideServer((_request, response) => response.end('never asked for'))
  await receiveAttachments({ a: outside.url })
  await db().$executeRaw`UPDATE attachment_file SET attempts = ${MAX_ATTEMPTS}`
  expect(await archiveUntil(settled)).toMatchObject([{ state: 'failed' }])
  expect(outside.requests).toEqual([])
})

test('the files that wait longest are claimed first', async () => {
  await receiveAttachments({ late: 'https://cdn.test/late', early: 'https://cdn.test/early' })
  await db().attachmentFile.updateMany({
    where: { uuid: 'early' },
    data: { nextTryAt: new Date('2026-01-01T00:00:00Z') },
  })
  expect((await claimFiles(1)).map(({ uuid }) => uuid)).toEqual(['early'])
})

test('several processes claim different files', async () => {
  await receiveAttachments(
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, `https://cdn.test/${i}`])),
  )
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimFiles(4)))
  const uuids = claims.flat().map(({ uuid }) => uuid)
  expect(uuids).toHaveLength(20)
  expect(new Set(uuids).size).toBe(20)
})

test('what a dead process has left half received is removed, what is being received is not', async () => {
  await mkdir(PARTIAL, { recursive: true })
  const [old, fresh] = ['old', 'fresh'].map((name) => path.join(PARTIAL, name)) as [string, string]
  await writeFile(old, 'half')
  await writeFile(fresh, 'half')
  const hourAgo = new Date(Date.now() - 3_600_000)
  await utimes(old, hourAgo, hourAgo)
  await removeHalfReceived(ARCHIVE)
  expect(await readdir(PARTIAL)).toEqual(['fresh'])
})

test('waiting files are found by their index', async () => {
  await receiveAttachments({ a: 'https://cdn.test/a' })
  const plan = await db().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`
    return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`
      EXPLAIN SELECT FROM attachment_file WHERE state = 'waiting' AND next_try_at <= now()
      ORDER BY next_try_at DESC LIMIT 4 FOR UPDATE SKIP LOCKED`
  })
  expect(JSON.stringify(plan)).toContain('Index Scan Backward using attachment_file_waiting')
})
