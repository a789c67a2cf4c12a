import { beforeAll, expect, test, vi } from 'vitest'
import { GET } from '@/app/(dashboard)/rooms/[uuid]/messages/[message]/route'
import { actingAs } from '@/lib/auth/current-user'
import { COMPANY, storeMessages } from '@/tests/support/message-rows'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const LONG = '<script>alert(1)</script>\n'.repeat(40_000)

beforeAll(async () => {
  await storeMessages([
    { uuid: 'long', content: LONG },
    { uuid: 'gone', content: 'SECRET', deletedAt: new Date('2026-01-02T00:00:00Z') },
    { uuid: 'odd/?#', roomUuid: 'a/../b', content: 'odd' },
  ])
})

function get(room: string, message: string, query = `?company=${COMPANY}`) {
  const params = Promise.resolve({
    uuid: encodeURIComponent(room),
    message: encodeURIComponent(message),
  })
  return GET(new Request(`http://waggle.test/rooms/r/messages/m${query}`), { params })
}

test('the whole of a long message is plain text, never a page', async () => {
  const response = await actingAs(user, () => get('room_1', 'long'))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toBe(LONG)
})

test('ids may hold any character', async () => {
  const response = await actingAs(user, () => get('a/../b', 'odd/?#'))
  expect(await response.text()).toBe('odd')
})

test.each([
  ['deleted', 'room_1', 'gone', undefined, 404],
  ['in another room', 'room_2', 'long', undefined, 404],
  ['not received', 'room_1', 'never came', undefined, 404],
  ['not storable', 'room_1', 'a\u0000b', undefined, 404],
  ['of no company', 'room_1', 'long', '', 404],
  ['of a company that is no text', 'room_1', 'long', '?company=%00', 400],
  ['of two companies', 'room_1', 'long', '?company=company_a&company=company_b', 400],
])('a message that is %s is not given', async (_, room, message, query, status) => {
  const response = await actingAs(user, () => get(room, message, query))
  expect(response.status).toBe(status)
  expect(await response.text()).not.toMatch(/SECRET|script/)
})

test('nobody reads a message without signing in', async () => {
  const response = await get('room_1', 'long')
  expect(response.status).toBe(401)
  expect(await response.text()).toBe('Sign in to see this.')
})
