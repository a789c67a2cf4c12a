import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { bucketStore } from '@/lib/archive/bucket-store'
import { env } from '@/lib/env'
import { ARCHIVE } from '../../support/archive-settings'
import { outsideServer } from '../../support/outside-server'

const content = Buffer.from('kept in a bucket')
const sha256 = createHash('sha256').update(content).digest('hex')
const received = path.join(ARCHIVE, 'received')

beforeAll(() => writeFile(received, content))

/** A bucket of the part of S3's protocol that the archive speaks: PUT and GET of objects, path style. */
async function bucket() {
  const objects = new Map<string, Buffer>()
  const server = await outsideServer(async (request, response) => {
    const key = request.url!.split('?')[0]!
    if (request.method === 'PUT') {
      objects.set(key, await buffer(request))
      return response.end()
    }
    const object = objects.get(key)
    if (!object) {
      return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    if (!range) return response.end(object)
    response.writeHead(206).end(object.subarray(Number(range[1]), Number(range[2]) + 1))
  })
  const store = bucketStore({
    ...env(),
    ATTACHMENTS_BUCKET: 'waggle-files',
    ATTACHMENTS_BUCKET_ENDPOINT: server.url,
    ATTACHMENTS_BUCKET_REGION: 'eu-north-1',
    ATTACHMENTS_BUCKET_KEY_ID: 'key-id',
    ATTACHMENTS_BUCKET_SECRET: 'key-secret',
  })
  return { server, objects, store }
}

test('a file is kept in the bucket by its hash, signed, and read back whole or in part', async () => {
  const { server, objects, store } = await bucket()
  await store.keep({ path: received, sha256, size: content.length })
  const key = `/waggle-files/${sha256.slice(0, 2)}/${sha256}`
  expect(objects.get(key)).toEqual(content)
  expect(server.requests[0]!.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=key-id\/\d{8}\/eu-north-1\/s3\//,
  )
  expect(JSON.stringify(server.requests)).not.toContain('key-secret')
  expect(await buffer((await store.open(sha256))!)).toEqual(content)
  expect((await buffer((await store.open(sha256, { start: 5, end: 6 }))!)).toString()).toBe('in')
})

test('what is not in the bucket is null, and a bucket that refuses is an error', async () => {
  const { store } = await bucket()
  expect(await store.open(sha256)).toBeNull()
  const refusing = await outsideServer((_request, response) => response.writeHead(403).end())
  const closed = bucketStore({
    ...env(),
    ATTACHMENTS_BUCKET: 'waggle-files',
    ATTACHMENTS_BUCKET_ENDPOINT: refusing.url,
    ATTACHMENTS_BUCKET_KEY_ID: 'key-id',
    ATTACHMENTS_BUCKET_SECRET: 'key-secret',
  })
  await expect(closed.keep({ path: received, sha256, size: content.length })).rejects.toThrow()
  await expect(closed.open(sha256)).rejects.toThrow()
})

test('a bucket that takes what it is sent and says nothing is given up, and at once when that is asked', async () => {
  const silent = await outsideServer(() => undefined)
  const settings = {
    ...env(),
    ATTACHMENTS_BUCKET: 'waggle-files',
    ATTACHMENTS_BUCKET_ENDPOINT: silent.url,
    ATTACHMENTS_BUCKET_KEY_ID: 'key-id',
    ATTACHMENTS_BUCKET_SECRET: 'key-secret',
  }
  const file = { path: received, sha256, size: content.length }
  await expect(bucketStore(settings, 200).keep(file)).rejects.toThrow()
  await expect(bucketStore(settings, 200).open(sha256)).rejects.toThrow()

  const stop = new AbortController()
  const kept = bucketStore(settings).keep(file, stop.signal)
  const opened = bucketStore(settings).open(sha256, undefined, stop.signal)
  stop.abort()
  await expect(kept).rejects.toThrow()
  await expect(opened).rejects.toThrow()
})
