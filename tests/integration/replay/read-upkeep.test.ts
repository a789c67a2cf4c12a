import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { drainPending } from '@/lib/projector/drain-pending'
import { readUpkeep } from '@/lib/queries/read-upkeep'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
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
  await insertEvents([{ eventType: 'partner_contact_created', body: contactBody() }])
  await drainPending()
})

test('the settings list who checked what, with its outcome', async () => {
  await db().$executeRaw`UPDATE contact SET first_name = '<b>by a fault</b>'`
  await createUpkeep('parity', ANN.email)
  await workOnUpkeep(never)
  const upkeep = await read()
  expect(upkeep.runs).toMatchObject([
    { kind: 'parity', status: 'finished', actor: ANN.email, differences: 1, done: 1 },
  ])
})

test('a rebuild is due when the rows are of older projections, until there was one', async () => {
  expect((await read()).isOutdated).toBe(false)
  await db().$executeRaw`UPDATE webhook_event SET projector_version = ${PROJECTOR_VERSION - 1}`
  expect((await read()).isOutdated).toBe(true)
  await createUpkeep('rebuild', ANN.email)
  await workOnUpkeep(never)
  expect((await read()).isOutdated).toBe(false)
})
