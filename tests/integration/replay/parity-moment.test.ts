import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { joinProjections } from '@/lib/projector/projection-lock'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const ANN = 'ann@waggle.test'
const HISTORY = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'partner_contact_created', body: contactBody() },
  { eventType: 'message_created', body: messageBody() },
]

const never = new AbortController().signal

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change`
})

test('what a rebuild has folded is no difference, though the projector has yet to come to it', async () => {
  await insertEvents(HISTORY)
  await createUpkeep('rebuild', ANN)
  await workOnUpkeep(never)
  expect(await db().webhookEvent.count({ where: { status: 'pending' } })).toBe(HISTORY.length)
  expect(await db().contact.count()).toBe(1)
  expect((await check()).report).toMatchObject({ differences: 0 })

  // Of what came after the rebuild the live tables have nothing before it is projected.
  await insertEvents([{ eventType: 'partner_created', body: partnershipBody({ uuid: 'later' }) }])
  expect((await check()).report).toMatchObject({ differences: 0 })
  await drainPending()
  expect((await check()).report).toMatchObject({ differences: 0 })
})

test('a check that finds no moment at which nobody projects is tried again', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const id = await createUpkeep('parity', ANN)
  await db().$transaction(
    async (tx) => {
      await joinProjections(tx)
      await expect(workOnUpkeep(never)).rejects.toThrow('Somebody was writing')
    },
    { timeout: 60_000 },
  )
  const run = () => db().replayRun.findUniqueOrThrow({ where: { id } })
  expect(await run()).toMatchObject({ status: 'running' })
  await workOnUpkeep(never)
  expect(await run()).toMatchObject({ status: 'finished', report: { differences: 0 } })
})

async function check() {
  const id = await createUpkeep('parity', ANN)
  await workOnUpkeep(never)
  return db().replayRun.findUniqueOrThrow({ where: { id } })
}
