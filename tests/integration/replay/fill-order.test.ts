import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { drainPending } from '@/lib/projector/drain-pending'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { rebuild } from '../../support/rebuild'
import { messageBody, partnershipBody } from '../../support/sample-bodies'

const TIMEOUT_MS = 120_000

beforeEach(emptyEverything)

test(
  'a rebuild that is cut short among many batches goes on with the next one, and folds each event once',
  async () => {
    await insertEvents(MANY)
    await drainPending()
    const projected = await dumpReadModel()
    const runId = randomUUID()
    const cut = new Error('cut short')
    let batches = 0
    let counted = 0
    const onBatch = async (_: unknown, { events }: { events: number }) => {
      if (++batches === 2) throw cut
      counted += events
    }
    await expect(rebuild({ runId, onBatch })).rejects.toBe(cut)
    expect(counted).toBeGreaterThan(0)
    expect(counted).toBeLessThan(MANY.length)
    const onBegin = async () => expect.unreachable('it goes on')
    await rebuild({ runId, onBatch, onBegin })
    expect(batches).toBeGreaterThan(2)
    expect(counted).toBe(MANY.length)
    expect(await dumpReadModel()).toEqual(projected)
  },
  TIMEOUT_MS,
)

// More than a batch of each half, from which rooms, partnerships and messages are told of again and again.
const MANY = Array.from({ length: 2_400 }, (_, index) => {
  const partnership = `partnership_${index % 40}`
  if (index % 9 === 0) {
    return {
      eventType: 'partner_updated',
      body: partnershipBody({ uuid: partnership, company_name: `Company ${index}` }),
    }
  }
  return {
    eventType: 'message_updated',
    body: messageBody({
      uuid: `message_${index % 600}`,
      room_uuid: `room_${index % 100}`,
      partnership_uuid: index % 5 === 0 ? null : partnership,
      updated_at: new Date(Date.UTC(2026, 0, 1, 0, 0, (index * 7) % 2_400)).toISOString(),
    }),
  }
})
