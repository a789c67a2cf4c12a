import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { createUpkeep, NIGHTLY } from '@/lib/replay/upkeep/create-upkeep'
import { runUpkeep } from '@/lib/replay/upkeep/run-upkeep'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { partnershipBody } from '../../support/sample-bodies'

const DAYS_AGO = new Date(Date.now() - 48 * 3_600_000)

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, parity_event`
  const event = { eventType: 'partner_created', body: partnershipBody(), receivedAt: DAYS_AGO }
  await insertEvents([event])
  await drainPending()
})

const checks = () =>
  db().replayRun.findMany({ select: { kind: true, status: true, actor: true, report: true } })

test('of the processes that look after the hour one asks for the check, and it is made once', async () => {
  const stopping = new AbortController()
  const checkHour = new Date().getUTCHours()
  const running = [1, 2, 3].map(() => runUpkeep({ signal: stopping.signal, checkHour }))
  const made = { kind: 'parity', status: 'finished', actor: NIGHTLY, report: { differences: 0 } }
  try {
    await vi.waitFor(async () => expect(await checks()).toMatchObject([made]), {
      timeout: 30_000,
      interval: 50,
    })
  } finally {
    stopping.abort()
    await Promise.all(running)
  }
  expect(await checks()).toMatchObject([made])
})

test('where it is switched off nobody asks for it', async () => {
  const stopping = new AbortController()
  const running = runUpkeep({ signal: stopping.signal, checkHour: undefined })
  // It is at work: what another one asks for is made.
  await createUpkeep('rebuild', 'ann@waggle.test')
  try {
    await vi.waitFor(async () => expect(await checks()).toMatchObject([{ status: 'finished' }]), {
      timeout: 30_000,
      interval: 50,
    })
  } finally {
    stopping.abort()
    await running
  }
  expect(await checks()).toMatchObject([{ kind: 'rebuild' }])
})
