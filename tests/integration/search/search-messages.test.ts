import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { drainPending } from '@/lib/projector/drain-pending'
import { searchMessages, type MessageHit } from '@/lib/queries/search-messages'
import { insertEvents } from '@/tests/support/insert-events'
import { attachment, messageBody, partnershipBody } from '@/tests/support/sample-bodies'

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const day = (text: string) => Date.parse(`${text}T12:00:00Z`)

const search = (q: string, sort: 'best' | 'newest' = 'newest', position = {}) =>
  actingAs(user, () => searchMessages(q, sort, position))
const found = async (q: string) => (await search(q)).page.rows.map(({ uuid }) => uuid)
const marked = (hit: MessageHit | undefined) =>
  hit?.snippet.flatMap((part) => (part.hit ? [part.text] : []))

type Sent = { uuid: string; content: string | null; at: number } & Record<string, unknown>

function message(type: string, { at, ...fields }: Sent) {
  return { eventType: type, body: messageBody({ created_at: at, updated_at: at, ...fields }) }
}

beforeAll(async () => {
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    {
      eventType: 'partner_created',
      body: partnershipBody({
        ...{ uuid: 'partnership_2', company_name: 'Globex', company_domain: 'hooli.example' },
      }),
    },
    message('message_created', {
      uuid: 'offer',
      content: 'Our offer for Zoë: <b>signed contract</b> by Friday',
      at: day('2026-01-10'),
      created_by_user_uuid: 'ada',
      created_by_user_first_name: 'Ada',
      created_by_user_last_name: 'Lovelace',
    }),
    message('message_created', {
      uuid: 'draft',
      content: 'The contract is signed, see https://acme.example/drafts',
      at: day('2026-02-10'),
      attachments: [attachment('file_1', { file_name: 'Budget_2026-final.pdf' })],
    }),
    message('message_created', {
      uuid: 'other',
      content: '本合同草案 contract',
      at: day('2026-03-10'),
      room_uuid: 'room_2',
      partnership_uuid: 'partnership_2',
    }),
    message('message_created', { uuid: 'gone', content: 'contract kakapo', at: day('2026-03-11') }),
    message('message_deleted', { uuid: 'gone', content: 'contract kakapo', at: day('2026-03-12') }),
    message('message_created', { uuid: 'edited', content: 'contract old', at: day('2026-03-13') }),
    message('message_updated', { uuid: 'edited', content: 'treaty new', at: day('2026-03-14') }),
  ])
  await drainPending()
})

test('words are found without accents and as beginnings, in any alphabet', async () => {
  expect(await found('contract')).toEqual(['other', 'draft', 'offer'])
  expect(await found('zoe off')).toEqual(['offer'])
  expect(await found('合')).toEqual(['other'])
  expect(await found('acme.example')).toEqual(['draft'])
})

test('a word of a script without spaces is found within its sentence, in its order', async () => {
  expect(await found('合同')).toEqual(['other'])
  expect(await found('草案')).toEqual(['other'])
  expect(await found('同合')).toEqual([])
  expect(marked((await search('合同')).page.rows[0])).toEqual(['合同'])
})

test('phrases are words in their order', async () => {
  expect(await found('"signed contract"')).toEqual(['offer'])
  expect(await found('"contract is signed"')).toEqual(['draft'])
  expect(await found('"sign contract"')).toEqual([])
})

test('words can be left out', async () => {
  expect(await found('contract -"is signed" -合同')).toEqual(['offer'])
})

test('file names are found, and marked', async () => {
  const { page } = await search('budget final')
  expect(page.rows.map(({ uuid }) => uuid)).toEqual(['draft'])
  expect(page.rows[0]?.files).toEqual([
    [
      { text: 'Budget', hit: true },
      { text: '_2026-', hit: false },
      { text: 'final', hit: true },
      { text: '.pdf', hit: false },
    ],
  ])
})

test('from: is a part of a name, an e-mail address or an id', async () => {
  expect(await found('from:lovel')).toEqual(['offer'])
  expect(await found('from:"ada lovelace" contract')).toEqual(['offer'])
  expect(await found('from:ada')).toEqual(['offer'])
  expect(await found('contract from:user_1')).toEqual(['other', 'draft'])
  expect(await found('contract from:nobody')).toEqual([])
})

test('in: is a partnership by name, or a room or a partnership by id', async () => {
  expect(await found('in:globex')).toEqual(['other'])
  expect(await found('in:hooli')).toEqual([])
  expect(await found('in:room_2')).toEqual(['other'])
  expect(await found('contract in:partnership_1')).toEqual(['draft', 'offer'])
})

test('has:file, before: and after: narrow the search, or are one', async () => {
  expect(await found('has:file')).toEqual(['draft'])
  expect(await found('contract after:2026-02-10')).toEqual(['other', 'draft'])
  expect(await found('contract before:2026-02-10')).toEqual(['offer'])
  expect(await found('after:2026-01-10 before:2026-02-11')).toEqual(['draft', 'offer'])
})

test('what was deleted or edited away is not found', async () => {
  expect(await found('kakapo')).toEqual([])
  expect(await found('old')).toEqual([])
  expect(await found('treaty')).toEqual(['edited'])
})

test('a result tells who, where and when, and its text stays text', async () => {
  const { page, count, exact } = await search('contract from:ada', 'best')
  expect({ count, exact }).toEqual({ count: 1, exact: true })
  expect(page.rows[0]).toMatchObject({
    companyUuid: 'company_1',
    roomUuid: 'room_1',
    partnershipName: 'Acme',
    author: { firstName: 'Ada', lastName: 'Lovelace' },
    createdAt: new Date(day('2026-01-10')),
  })
  expect(marked(page.rows[0])).toEqual(['contract'])
  expect(page.rows[0]?.snippet.map(({ text }) => text).join('')).toContain('<b>signed contract</b>')
})

describe('with more messages than a page', () => {
  beforeAll(async () => {
    await insertEvents(
      Array.from({ length: 45 }, (_, i) =>
        message('message_created', {
          uuid: `many_${i}`,
          content: i === 7 ? 'walrus' : `walrus ${'and many other animals '.repeat(10)}`,
          at: day('2026-04-01') + i * 1_000,
        }),
      ),
    )
    await drainPending()
  })

  test('the pages hold each once, the newest first, there and back', async () => {
    const first = await search('walrus')
    const second = await search('walrus', 'newest', { after: first.page.nextCursor })
    const third = await search('walrus', 'newest', { after: second.page.nextCursor })
    const all = [first, second, third].flatMap(({ page }) => page.rows.map(({ uuid }) => uuid))
    expect(all).toEqual(Array.from({ length: 45 }, (_, i) => `many_${44 - i}`))
    expect(third.page.nextCursor).toBeNull()
    const back = await search('walrus', 'newest', { before: third.page.previousCursor })
    expect(back.page.rows).toEqual(second.page.rows)
  })

  test('the best fit comes first', async () => {
    expect((await search('walrus', 'best')).page.rows[0]?.uuid).toBe('many_7')
  })

  test.each(['x', 'WzEuNV0', 'Wy0xXQ', 'WzEwMDFd'])('no page is guessed from %s', async (after) => {
    await expect(search('walrus', 'newest', { after })).rejects.toThrow('page in this address')
  })
})

test('a name that fits too many is refused', async () => {
  await insertEvents(
    Array.from({ length: 101 }, (_, i) =>
      message('message_created', {
        uuid: `crowd_${i}`,
        content: 'hello',
        at: day('2026-05-01'),
        created_by_user_uuid: `crowd_${i}`,
        created_by_user_email: `crowd${i}@partner.test`,
      }),
    ),
  )
  await drainPending()
  await expect(search('from:crowd')).rejects.toThrow('“from:crowd” fits more than 100 people')
})
