import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { drainPending } from '@/lib/projector/drain-pending'
import { projectEvents } from '@/tests/support/project-events'
import { readUpkeep } from '@/lib/queries/read-upkeep'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { noteFirstVersion, noteLowestVersion } from '@/lib/replay/upkeep/read-model-version'
import { workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { contactBody } from '../../support/sample-bodies'

const ANN = { id: randomUUID(), email: 'ann@waggle.test' }
const never = new AbortController().signal
const read = () => actingAs(ANN, readUpkeep)

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, parity_event`
  await noteLowest(PROJECTOR_VERSION)
  await insertEvents([{ eventType: 'partner_contact_created', body: contactBody() }])
  await drainPending()
})

test('the settings list who checked what, with its outcome', async () => {
  await db().$executeRaw`UPDATE contact SET first_name = '<b>by a fault</b>'`
  await check()
  expect((await read()).runs).toMatchObject([
    { kind: 'parity', status: 'finished', actor: ANN.email, differences: 1, done: 1 },
  ])
})

test('a rebuild is due as long as rows of older projections are left, whatever newer ones have replayed', async () => {
  expect((await read()).isOutdated).toBe(false)
  const older = PROJECTOR_VERSION - 1
  const [other] = await insertEvents([
    { eventType: 'partner_contact_created', body: contactBody({ uuid: 'contact_2' }) },
  ])
  await drainPending()
  await noteLowest(older)
  await db().$executeRaw`UPDATE webhook_event SET projector_version = ${older}`
  await db().$executeRaw`UPDATE contact SET projector_version = ${older}`
  const [first] = await db().webhookEvent.findMany({ orderBy: { seq: 'asc' } })
  const replay = (seq: bigint | undefined) =>
    projectEvents([seq ?? 0n], { trigger: 'replay', actor: ANN.email })

  await replay(first?.seq)
  await check()
  expect((await read()).isOutdated).toBe(true)
  await replay(other?.seq)
  expect((await read()).isOutdated).toBe(true)
  await check()
  expect((await read()).isOutdated).toBe(false)
})

test('a rebuild writes all rows anew, so that none is due after it', async () => {
  await noteLowest(PROJECTOR_VERSION - 1)
  expect((await read()).isOutdated).toBe(true)
  await createUpkeep('rebuild', ANN.email)
  await workOnUpkeep(never)
  expect((await read()).isOutdated).toBe(false)
})

test('a rebuild is due where nothing is noted of rows that the first version may have written', async () => {
  await db().$executeRaw`TRUNCATE read_model_version`
  expect((await read()).isOutdated).toBe(PROJECTOR_VERSION > 1)
})

test('no rebuild is due where these projections have been there before the first event', async () => {
  await noteLowest(PROJECTOR_VERSION - 1)
  await noteFirstVersion()
  expect((await read()).isOutdated).toBe(true)
  await emptyEverything()
  await noteFirstVersion()
  expect((await read()).isOutdated).toBe(false)
})

async function check(): Promise<void> {
  await createUpkeep('parity', ANN.email)
  await workOnUpkeep(never)
}

async function noteLowest(version: number): Promise<void> {
  await db().$executeRaw`TRUNCATE read_model_version`
  await noteLowestVersion(db(), version)
}
