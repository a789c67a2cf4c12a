import { beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT, type FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventCondition } from '@/lib/event-log/event-condition'
import { storeEvent } from '@/tests/support/store-event'

const ids: Record<string, string> = {}

beforeAll(async () => {
  const store = async (name: string, event: Parameters<typeof storeEvent>[0]) => {
    ids[name] = (await storeEvent(event)).id
  }
  await store('old', { receivedAt: new Date('2026-11-01T00:00:00Z') })
  await store('partner', { partnershipUuid: 'partnership_a', receivedAt: at(1) })
  await store('contact', {
    eventType: 'partner_contact_created',
    companyUuid: 'company_b',
    partnershipUuid: 'partnership_a',
    contactUuid: 'contact_a',
    receivedAt: at(2),
  })
  await store('message', {
    eventType: 'message_created',
    messageUuid: 'message_a',
    roomUuid: 'room_a',
    body: '{"message":{"content":"Café 100% \\"done\\"_x"}}',
    receivedAt: at(3),
  })
  await store('escaped', {
    eventType: 'message_updated',
    body: '{"message":{"content":"caf\\u00E9"}}',
    receivedAt: at(4),
  })
  const spelled = [
    '{"content":"https:\\/\\/crm.example\\/a?b=1&c=\'<2>\'"}',
    '{"content":"https://crm.example/a?b=1\\u0026c=\'\\u003c2\\u003E\'"}',
    '{"content":"https://crm.example/a?b=1\\u0026c=\\u0027\\u003c2\\u003e\\u0027"}',
    '{"content":"https:\\/\\/crm.example\\/a?b=1\\u0026c=\\u0027\\u003C2\\u003E\\u0027"}',
  ]
  for (const [index, body] of spelled.entries()) {
    await store(`spelled ${index}`, { eventType: 'deal_updated', body, receivedAt: at(12) })
  }
  await store('failed', { status: 'failed', errorCode: 'storage', receivedAt: at(5) })
  await store('duplicate', { status: 'duplicate', receivedAt: at(6) })
})

function at(hour: number): Date {
  return new Date(Date.UTC(2026, 10, 22, hour))
}

async function chosen(filter: Partial<FixedEventFilter>): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT e.id FROM webhook_event e WHERE ${eventCondition({ ...EVERY_EVENT, ...filter })}`
  const found = rows.map(({ id }) => id)
  return Object.keys(ids).filter((name) => found.includes(ids[name]!))
}

const SPELLED = ['spelled 0', 'spelled 1', 'spelled 2', 'spelled 3']
const ALL = ['old', 'partner', 'contact', 'message', 'escaped', ...SPELLED, 'failed', 'duplicate']

test.each<[Partial<FixedEventFilter>, string[]]>([
  [{}, ALL],
  [{ types: ['message_created', 'message_updated'] }, ['message', 'escaped']],
  [{ statuses: ['failed', 'duplicate'] }, ['failed', 'duplicate']],
  [{ company: 'company_b' }, ['contact']],
  [{ partnership: 'partnership_a' }, ['partner', 'contact']],
  [{ partnership: 'partnership_a', company: 'company_a' }, ['partner']],
  [{ contact: 'contact_a' }, ['contact']],
  [{ room: 'room_a' }, ['message']],
  [{ message: 'message_a' }, ['message']],
  [{ error: 'storage' }, ['failed']],
  [{ duplicate: true }, ['duplicate']],
  [{ duplicate: false }, ALL.filter((name) => name !== 'duplicate')],
  [{ from: at(2), to: at(4) }, ['contact', 'message']],
  [{ to: at(1) }, ['old']],
  [{ text: 'CAFÉ' }, ['message', 'escaped']],
  [{ text: '"done"' }, ['message']],
  [{ text: '100%' }, ['message']],
  [{ text: '0% ' }, ['message']],
  [{ text: 'é%1' }, []],
  [{ text: 'e_"' }, []],
  [{ text: '"partnership":{' }, ['old', 'partner', 'contact', 'failed', 'duplicate']],
  [{ text: 'HTTPS://crm.example/A' }, SPELLED],
  [{ text: "b=1&c='<2>'" }, SPELLED],
  [{ text: '1&C' }, SPELLED],
  [{ q: 'partnership_a' }, ['partner', 'contact']],
  [{ q: 'room_a' }, ['message']],
  [{ q: 'nobody' }, []],
  [{ q: "'; DROP TABLE webhook_event; --" }, []],
  [{ partnership: 'partnership_a', types: ['message_created'] }, []],
])('the filter %o means exactly those events', async (filter, expected) => {
  expect(await chosen(filter)).toEqual(expected)
})

test('events are chosen by their own ids, in either case', async () => {
  expect(await chosen({ ids: [ids.old!, ids.failed!] })).toEqual(['old', 'failed'])
  expect(await chosen({ ids: [ids.old!], statuses: ['failed'] })).toEqual([])
  expect(await chosen({ q: ids.message!.toUpperCase() })).toEqual(['message'])
})
