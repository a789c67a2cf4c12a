import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { drainPending } from '@/lib/projector/drain-pending'
import { BATCH_SIZE, projectBatch } from '@/lib/projector/project-batch'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything, roomsThatMiscount } from '../../support/read-model'
import { contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

beforeEach(emptyEverything)

test('a batch projects what is pending and notes a first success on the events alone', async () => {
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    { eventType: 'partner_contact_created', body: contactBody({ first_name: 'Zoë' }) },
    { eventType: 'message_created', body: messageBody() },
  ])

  expect(await projectBatch()).toMatchObject({ claimed: 3, applied: 3, failed: 0 })

  const events = await db().webhookEvent.findMany()
  for (const event of events) {
    expect(event).toMatchObject({
      status: 'applied',
      attempts: 1,
      projectorVersion: PROJECTOR_VERSION,
    })
    expect(event.processedAt).toBeInstanceOf(Date)
  }
  expect(await db().eventAttempt.count()).toBe(0)
  expect(await db().partnership.findMany()).toMatchObject([{ companyName: 'Acme' }])
  expect(await db().contact.findMany()).toMatchObject([
    { firstName: 'Zoë', partnershipUuid: 'partnership_1', searchText: 'zoe' },
  ])
  expect(await db().message.findMany()).toMatchObject([{ content: 'Hello', roomUuid: 'room_1' }])
  expect(await projectBatch()).toMatchObject({ claimed: 0, firstSeq: null })
})

test('a batch takes no more events than its limit, the oldest first, and leaves the others pending', async () => {
  const inserted = await insertEvents(
    ['a', 'b', 'c'].map((uuid) => ({
      eventType: 'partner_created',
      body: partnershipBody({ uuid }),
    })),
  )
  expect(await projectBatch(2)).toMatchObject({ claimed: 2, firstSeq: inserted[0]?.seq })
  expect(await db().webhookEvent.findMany({ where: { status: 'pending' } })).toMatchObject([
    { seq: inserted[2]?.seq },
  ])
})

test('of two halves of a backlog each has its subjects, and together they have them all', async () => {
  const partnerships = Array.from({ length: 40 }, (_, index) => `partnership_${index}`)
  await insertEvents(
    partnerships.flatMap((partnership_uuid) => [
      { eventType: 'partner_created', body: partnershipBody({ uuid: partnership_uuid }) },
      {
        eventType: 'message_created',
        body: messageBody({
          uuid: partnership_uuid,
          room_uuid: partnership_uuid,
          partnership_uuid,
        }),
      },
    ]),
  )
  const first = await projectBatch(BATCH_SIZE, 0n, false, 0)
  const of = async (status: 'applied' | 'pending') => {
    const events = await db().webhookEvent.findMany({ where: { status } })
    return new Set(events.map(({ partnershipUuid }) => partnershipUuid))
  }
  const [done, left] = [await of('applied'), await of('pending')]
  expect(first.claimed).toBe(2 * done.size)
  expect(done.size).toBeGreaterThan(0)
  expect(left.size).toBeGreaterThan(0)
  expect([...done].filter((uuid) => left.has(uuid))).toEqual([])

  const second = await projectBatch(BATCH_SIZE, 0n, false, 1)
  expect(first.claimed + second.claimed).toBe(80)
  expect(await db().partnership.count()).toBe(40)
})

test('a batch is bounded in bytes, but an event larger than the bound is still taken alone', async () => {
  const description = 'x'.repeat(9 * 1024 * 1024)
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody({ company_description: description }) },
    { eventType: 'partner_created', body: partnershipBody({ uuid: 'partnership_2' }) },
  ])
  expect(await projectBatch()).toMatchObject({ claimed: 1, applied: 1 })
  expect(await projectBatch()).toMatchObject({ claimed: 1, applied: 1 })
})

test('events that the door turned away are not projected', async () => {
  const statuses = ['invalid', 'unsupported', 'duplicate', 'failed', 'applied'] as const
  await insertEvents(
    statuses.map((status) => ({ eventType: 'partner_created', body: partnershipBody(), status })),
  )
  expect(await projectBatch()).toMatchObject({ claimed: 0 })
  expect(await db().partnership.count()).toBe(0)
})

describe('one poison event fails alone', () => {
  test.each([
    ['a body that is not JSON', 'partner_created', '{', 'not_json'],
    ['a body nested too deeply', 'partner_created', nested(65), 'too_deep'],
    ['a body that does not fit', 'partner_created', { partnership: {} }, 'schema_mismatch'],
    ['a type without a projection', 'deal_created', {}, 'unsupported_type'],
  ])('%s', async (_name, eventType, body, code) => {
    const [poison] = await insertEvents([
      { eventType, body },
      { eventType: 'partner_created', body: partnershipBody() },
    ])
    expect(await projectBatch()).toMatchObject({ claimed: 2, applied: 1, failed: 1 })

    const event = await db().webhookEvent.findUniqueOrThrow({ where: { seq: poison?.seq } })
    expect(event).toMatchObject({ status: 'failed', errorCode: code, attempts: 1 })
    expect(event.errorMessage).toBeTruthy()
    expect(await db().eventAttempt.findMany()).toMatchObject([
      { eventSeq: poison?.seq, trigger: 'arrival', outcome: 'failed', errorCode: code },
    ])
    expect(await db().partnership.count()).toBe(1)
  })

  test('values that the database refuses, also when there are several of them in a batch', async () => {
    await db().$executeRaw`ALTER TABLE message ADD CONSTRAINT no_poison CHECK (content <> 'poison')`
    try {
      const contents = ['a', 'poison', 'b', 'c', 'poison', 'd', 'e']
      await insertEvents(
        contents.map((content, i) => ({
          eventType: 'message_created',
          body: messageBody({ uuid: `message_${i}`, content }),
        })),
      )
      expect(await projectBatch()).toMatchObject({ claimed: 7, applied: 5, failed: 2 })
    } finally {
      await db().$executeRaw`ALTER TABLE message DROP CONSTRAINT no_poison`
    }
    const failed = await db().webhookEvent.findMany({ where: { status: 'failed' } })
    expect(failed).toHaveLength(2)
    for (const event of failed) {
      expect(event.body).toContain('poison')
      expect(event.errorCode).toBe('write_refused')
      expect(event.errorMessage).toContain('no_poison')
    }
    const messages = await db().message.findMany({ orderBy: { uuid: 'asc' } })
    expect(messages.map(({ content }) => content)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await db().room.findMany()).toMatchObject([{ messageCount: 5 }])
    expect(await roomsThatMiscount()).toEqual([])
  })
})

test('draining projects everything that is pending', async () => {
  await insertEvents(
    Array.from({ length: 2_500 }, (_, i) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${i}`, room_uuid: `room_${i % 7}`, created_at: i }),
    })),
  )
  await drainPending()
  expect(await db().webhookEvent.groupBy({ by: ['status'], _count: true })).toEqual([
    { status: 'applied', _count: 2_500 },
  ])
  expect(await db().message.count()).toBe(2_500)
  expect(await roomsThatMiscount()).toEqual([])
})

function nested(levels: number): string {
  return `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
}
