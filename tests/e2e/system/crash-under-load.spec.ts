import { test } from '@playwright/test'
import { App } from '../support/app'
import { expectConsistent } from '../support/expect-consistent'
import { Load } from '../support/load'
import { descendantsOf, projectorOf, untilGone } from '../support/processes'

const ACKNOWLEDGED_BEFORE = 300

let app: App

test.beforeEach(async () => {
  app = await App.prepare()
  await app.start()
})

test.afterEach(() => app.dispose())

async function loadUntilBusy(name: string): Promise<Load> {
  const load = new Load([app.webhookUrl], await app.secret(), name)
  await load.until(({ acknowledged }) => acknowledged.length >= ACKNOWLEDGED_BEFORE)
  return load
}

test('kill -9 of the app during load loses nothing that was acknowledged', async () => {
  const load = await loadUntilBusy('app')
  await app.kill9()
  await load.stop()
  await app.start()
  await expectConsistent(await app.databaseUrl(), load.acknowledged)
})

test('kill -9 of the app, its projector and its database during load loses nothing', async () => {
  const load = await loadUntilBusy('all')
  const everything = [app.pid, ...descendantsOf(app.pid)]
  for (const pid of everything) process.kill(pid, 'SIGKILL')
  await load.stop()
  await untilGone(everything.slice(1))
  await app.start()
  await expectConsistent(await app.databaseUrl(), load.acknowledged)
})

test('kill -9 of the projector alone is made good without a restart', async () => {
  const load = await loadUntilBusy('projector')
  process.kill(projectorOf(app.pid), 'SIGKILL')
  await app.waitForOutput(/The projector died; it starts again in/)
  await load.stop()
  await expectConsistent(await app.databaseUrl(), load.acknowledged)
})

test('a stop under load ends cleanly and loses nothing', async () => {
  const load = await loadUntilBusy('stop')
  await app.stop()
  await load.stop()
  await app.start()
  await expectConsistent(await app.databaseUrl(), load.acknowledged)
})
