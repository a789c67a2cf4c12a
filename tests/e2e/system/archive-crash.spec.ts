import { createHash, randomBytes } from 'node:crypto'
import { once, EventEmitter } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startApp } from '../support/app'
import { queryDatabase } from '../support/database'
import { startFileServer } from '../support/file-server'
import { projectorOf } from '../support/processes'
import { postEvent, signToken } from '../support/webhook'

const CONTENT = randomBytes(400_000)
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')

test('kill -9 of the process that fetches, in the middle of a file, leaves it whole in the end', async () => {
  const asked = new EventEmitter()
  let requests = 0
  const files = await startFileServer((_request, response) => {
    requests++
    response.writeHead(200, { 'content-length': CONTENT.length })
    if (requests > 1) return response.end(CONTENT)
    response.write(CONTENT.subarray(0, 100_000))
    asked.emit('half')
  })
  const app = await startApp()
  try {
    const half = once(asked, 'half')
    const claims = { event_id: 'message_created' }
    const token = await signToken({ secret: await app.secret(), claims })
    const attachment = { uuid: 'asset_1', file_name: 'a.bin', file_url: files.url }
    const message = { uuid: 'message_1', room_uuid: 'room_1', content: 'A file' }
    const times = { created_at: Date.now(), updated_at: Date.now() }
    await postEvent(app.webhookUrl, token, {
      message: { ...message, ...times, created_by_user_uuid: 'user_1', attachments: [attachment] },
    })
    await half
    const place = path.join(app.directory, 'data', 'attachments')
    await expect
      .poll(() => readdir(path.join(place, 'partial')).catch(() => 'not there yet'))
      .toHaveLength(1)

    process.kill(projectorOf(app.pid), 'SIGKILL')
    await app.waitForOutput(/The projector died; it starts again in/)
    expect(await readdir(place)).toEqual(['partial'])

    const url = await app.databaseUrl()
    const state = () =>
      queryDatabase(
        url,
        "SELECT state::text, attempts, encode(sha256, 'hex') AS sha256 FROM attachment_file",
      )
    await expect
      .poll(state, { timeout: 90_000 })
      .toEqual([{ state: 'archived', attempts: 2, sha256: SHA256 }])
    const kept = await readFile(path.join(place, SHA256.slice(0, 2), SHA256))
    expect(kept.equals(CONTENT)).toBe(true)
  } finally {
    await app.dispose()
    await files.close()
  }
})
