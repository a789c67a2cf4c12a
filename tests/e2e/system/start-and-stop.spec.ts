import { stat } from 'node:fs/promises'
import net from 'node:net'
import { expect, test } from '@playwright/test'
import partnerEvents from '../../fixtures/partner-events.json' with { type: 'json' }
import { App, startApp } from '../support/app'
import { queryDatabase } from '../support/database'
import { descendantsOf, projectorOf, untilGone } from '../support/processes'
import { postEvent, signToken } from '../support/webhook'

let app: App

test.beforeEach(async () => {
  app = await App.prepare()
})

test.afterEach(() => app.dispose())

test('the first start prints what one needs, the second does none of it again', async () => {
  await app.start()
  const first = app.output
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = await app.settings()
  expect(first).toContain(`Open       ${app.url}`)
  expect(first).toContain(`Sign in    ${ADMIN_EMAIL}`)
  expect(first).toContain(`Password   ${ADMIN_PASSWORD} `)
  expect(first).toContain(`Webhook    ${app.webhookUrl}`)
  expect(first).toContain(`curl -sS -X POST '${app.webhookUrl}'`)
  expect((await stat(app.envFile)).mode & 0o777).toBe(0o600)
  await app.stop()

  await app.start()
  expect(app.output).toMatch(/build +up to date/)
  expect(app.output, 'the password is printed once').not.toContain(ADMIN_PASSWORD!)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends everything that was started, with exit code 0`, async () => {
    await app.start()
    const started = descendantsOf(app.pid)
    expect(started.length, 'a database with its workers, and a projector').toBeGreaterThan(2)
    expect(await app.stop(signal)).toEqual({ code: 0, signal: null })
    expect(app.output).toContain('Stopped.')
    await untilGone(started)
  })
}

test('a request that is under way when it is asked to stop is still answered', async () => {
  await app.start()
  const body = JSON.stringify(partnerEvents)
  const token = await signToken({ secret: await app.secret() })
  const socket = net.connect(app.port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  const half = Math.floor(body.length / 2)
  socket.write(
    `POST /api/webhooks/journeybee HTTP/1.1\r\nHost: 127.0.0.1:${app.port}\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nExpect: 100-continue\r\n\r\n`,
  )
  // "100 Continue" says that the server has taken the request.
  while (!answer.includes('100 Continue'))
    await new Promise((resolve) => socket.once('data', resolve))
  socket.write(body.slice(0, half))
  const stopped = app.stop()
  await app.waitForOutput(/Stopping/)
  socket.write(body.slice(half))
  expect(await stopped).toEqual({ code: 0, signal: null })
  expect(answer).toMatch(/HTTP\/1\.1 200 OK[^]*"status":"pending"/)
  socket.destroy()

  await app.start()
  const events = await queryDatabase(await app.databaseUrl(), 'SELECT status FROM webhook_event')
  expect(events).toHaveLength(1)
})

test('it goes on when nobody reads its output any more, and still stops cleanly', async () => {
  // At this level every batch that is projected is a line.
  await app.dispose()
  app = await App.prepare({ LOG_LEVEL: 'debug' })
  await app.start()
  const started = descendantsOf(app.pid)
  app.closeOutput()
  const secret = await app.secret()
  for (let number = 0; number < 20; number++) {
    const token = await signToken({ secret, claims: { number } })
    expect((await postEvent(app.webhookUrl, token, partnerEvents)).status).toBe(200)
    expect((await fetch(`${app.url}/login`)).status).toBe(200)
  }
  expect(await app.stop()).toEqual({ code: 0, signal: null })
  await untilGone(started)
})

test('after kill -9 the projector ends by itself, and the next start takes the data over', async () => {
  await app.start()
  const token = await signToken({ secret: await app.secret() })
  expect((await postEvent(app.webhookUrl, token, partnerEvents)).status).toBe(200)
  const postmaster = await app.postmasterPid()
  // Besides the projector this may be what its loader started, or a process of the database that has just ended.
  const others = descendantsOf(app.pid).filter(
    (pid) => pid !== postmaster && !descendantsOf(postmaster).includes(pid),
  )
  expect(others).toContain(projectorOf(app.pid))
  await app.kill9()
  await untilGone(others)
  expect(await app.postmasterPid(), 'the old database still lives').toBe(postmaster)

  await app.start()
  expect(await app.postmasterPid()).not.toBe(postmaster)
  await untilGone([postmaster])
  const events = await queryDatabase(await app.databaseUrl(), 'SELECT id FROM webhook_event')
  expect(events).toHaveLength(1)
})

test('after everything was killed at once the next start recovers', async () => {
  await app.start()
  const token = await signToken({ secret: await app.secret() })
  expect((await postEvent(app.webhookUrl, token, partnerEvents)).status).toBe(200)
  const everything = descendantsOf(app.pid)
  for (const pid of [app.pid, ...everything]) process.kill(pid, 'SIGKILL')
  await untilGone(everything)

  await app.start()
  const events = await queryDatabase(await app.databaseUrl(), 'SELECT id FROM webhook_event')
  expect(events).toHaveLength(1)
})

test('a second Waggle on the same data is refused, and the first goes on', async () => {
  await app.start()
  const second = await App.prepare({ DATA_DIR: `${app.directory}/data` })
  try {
    expect(await second.startAndFail()).toEqual({ code: 1, signal: null })
    expect(second.output).toMatch(
      /Another Waggle is running on DATA_DIR \S+: stop it, or set DATA_DIR/,
    )
    expect((await fetch(`${app.url}/login`)).status).toBe(200)
  } finally {
    await second.dispose()
  }
})

test('a port that is in use is one sentence, and leaves nothing running', async () => {
  const other = net.createServer().listen(app.port, '127.0.0.1')
  try {
    expect(await app.startAndFail()).toEqual({ code: 1, signal: null })
    expect(app.output).toContain(`PORT ${app.port} is already in use on 127.0.0.1`)
    expect(app.output).not.toMatch(/^\s+at /m)
    await expect(app.postmasterPid()).rejects.toThrow('not running')
  } finally {
    other.close()
  }
})

test('two databases do not get in each other’s way', async () => {
  await app.start()
  const other = await startApp()
  try {
    expect(await other.databaseUrl()).not.toBe(await app.databaseUrl())
    expect(await other.secret()).not.toBe(await app.secret())
  } finally {
    await other.dispose()
  }
})
