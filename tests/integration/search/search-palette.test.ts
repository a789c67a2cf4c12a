import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { drainPending } from '@/lib/projector/drain-pending'
import { searchPalette } from '@/lib/queries/palette/search-palette'
import { insertEvents } from '@/tests/support/insert-events'
import {
  attachment,
  contactBody,
  messageBody,
  partnershipBody,
} from '@/tests/support/sample-bodies'

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const search = (q: string) => actingAs(user, () => searchPalette(q))

async function found(q: string): Promise<string[]> {
  const { items } = await search(q)
  return items.map((item) => {
    if (item.kind === 'eventType') return `eventType ${item.eventType}`
    return `${item.kind} ${item.kind === 'event' ? item.eventType : item.uuid}`
  })
}

beforeAll(async () => {
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody({ company_name: 'Zoë Foods' }) },
    {
      eventType: 'partner_created',
      body: partnershipBody({ uuid: 'partnership_2', company_name: 'Best Zoe Friends' }),
    },
    {
      eventType: 'partner_contact_created',
      body: contactBody({ uuid: 'contact_zoe', first_name: 'Zoe', last_name: 'Kazan' }),
    },
    {
      eventType: 'message_created',
      body: messageBody({ content: 'zoe said yes', attachments: [attachment('zoe_plan')] }),
    },
    { eventType: 'message_created', body: messageBody({ uuid: 'gone', content: 'zoe said no' }) },
    {
      eventType: 'message_deleted',
      body: messageBody({ uuid: 'gone', content: 'zoe said no', updated_at: 9_000 }),
    },
  ])
  await drainPending()
})

test('one text finds records of every kind, what begins with it first', async () => {
  expect(await found('zoe')).toEqual([
    'partnership partnership_2',
    'partnership partnership_1',
    'contact contact_zoe',
    'room room_1',
    'message message_1',
    'file zoe_plan',
  ])
  expect((await found('zoë')).slice(0, 2)).toEqual([
    'partnership partnership_2',
    'partnership partnership_1',
  ])
})

describe('ids', () => {
  test.each([
    ['partnership_1', 'partnership partnership_1'],
    ['partnersh', 'partnership partnership_1'],
    ['contact_zoe', 'contact contact_zoe'],
    ['conta', 'contact contact_zoe'],
    ['room_', 'room room_1'],
    ['message_1', 'message message_1'],
    ['zoe_pl', 'file zoe_plan'],
  ])('%s leads to %s', async (q, item) => {
    expect(await found(q)).toContain(item)
  })

  test('of a subject lead to its events', async () => {
    expect(await found('contact_zoe')).toContain('event partner_contact_created')
  })

  test('of a deleted message lead nowhere but to its events', async () => {
    expect((await found('gone')).filter((item) => !item.startsWith('event'))).toEqual([])
  })
})

test('events are found by their type', async () => {
  expect(await found('message del')).toEqual(['eventType message_deleted'])
})

test('what is no search for messages finds the rest, and says why', async () => {
  const answer = await search('zoe "')
  expect(answer.hint).toBe('A quotation mark is not closed.')
})

test('nothing but signs finds nothing', async () => {
  for (const q of ['%', '\\', "'", '🎉', '::']) expect(await found(q)).toEqual([])
})

test('a text that nobody types is refused', async () => {
  await expect(search('x'.repeat(201))).rejects.toThrow(InvalidAddressError)
})
