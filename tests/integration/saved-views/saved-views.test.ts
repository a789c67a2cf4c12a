import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createView,
  deleteView,
  renameView,
  setViewAsDefault,
  updateView,
} from '@/app/(dashboard)/saved-view-actions'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { listSavedViews, savedViewQuery } from '@/lib/queries/saved-views'
import type { SavedViewResult } from '@/components/data-grid/saved-view-actions'

const browser = vi.hoisted(() => ({ headers: new Headers(), refreshed: 0 }))
vi.mock('next/headers', () => ({
  cookies: async () => new Map(),
  headers: async () => browser.headers,
}))
vi.mock('next/cache', () => ({ refresh: () => void browser.refreshed++ }))

const ada = { id: '00000000-0000-4000-8000-000000000001', email: 'ada@waggle.test' }
const bob = { id: '00000000-0000-4000-8000-000000000002', email: 'bob@waggle.test' }
const UNKNOWN = '00000000-0000-7000-8000-000000000000'
const GOLD = 'filter=tier%7Eany%7EGold&sort=-changed'

const as =
  (user: typeof ada) =>
  <T>(work: () => Promise<T>) =>
    actingAs(user, work)
const asAda = as(ada)
const asBob = as(bob)
const views = () => asAda(() => listSavedViews('partnerships'))

async function create(name: string, query = GOLD, list = 'partnerships'): Promise<string> {
  const result = await asAda(() => createView(list, name, query))
  if (!result.ok) throw new Error(result.message)
  return result.id!
}

async function refusalOf(work: () => Promise<SavedViewResult>): Promise<string> {
  const result = await asAda(work)
  return result.ok ? 'not refused' : result.message
}

beforeAll(async () => {
  await db().appUser.createMany({ data: [ada, bob].map((user) => ({ ...user, passwordHash: '' })) })
})

beforeEach(async () => {
  await db().savedView.deleteMany()
  browser.headers = new Headers({ host: 'waggle.test', origin: 'http://waggle.test' })
  browser.refreshed = 0
})

describe('a view', () => {
  test('is kept under its name, in the one spelling of its address, without its own id', async () => {
    const id = await create(
      '  Gold  ',
      `view=${UNKNOWN}&sort=-changed&filter=tier~any~Gold&after=x`,
    )
    expect(await views()).toEqual([{ id, name: 'Gold', query: GOLD, isDefault: false, own: true }])
    expect(browser.refreshed).toBe(1)
  })

  test('is renamed, brought up to date and deleted', async () => {
    const id = await create('Gold')
    await asAda(() => renameView(id, 'Golden'))
    await asAda(() => updateView(id, ''))
    expect(await views()).toMatchObject([{ name: 'Golden', query: '' }])
    expect(await asAda(() => deleteView(id))).toEqual({ ok: true })
    expect(await views()).toEqual([])
    expect(await refusalOf(() => deleteView(id))).toBe('This view is not there any more.')
  })

  test('has a name that no other view of its list has; views of other lists and people do not count', async () => {
    await create('Gold')
    const taken = 'Another view of this list has this name.'
    expect(await refusalOf(() => createView('partnerships', ' Gold ', ''))).toBe(taken)
    const silver = await create('Silver')
    expect(await refusalOf(() => renameView(silver, 'Gold'))).toBe(taken)
    await create('Gold', GOLD, 'contacts')
    expect(await asBob(() => createView('partnerships', 'Gold', ''))).toMatchObject({ ok: true })
  })

  test.each(['__proto__', '=cmd()', `"'<b>&`, '🐝🏳️‍🌈', 'שלום عالم', 'x'.repeat(80)])(
    'can be called %j',
    async (name) => {
      await create(name)
      expect(await views()).toMatchObject([{ name }])
    },
  )

  test.each([
    ['', 'Give the view a name.'],
    ['\u200b \u2066', 'Give the view a name.'],
    [undefined, 'Give the view a name.'],
    [['Gold'], 'Give the view a name.'],
    ['x'.repeat(81), 'A view’s name has at most 80 characters.'],
    ['a\u0000b', 'This name holds a character that is not text.'],
    ['a\ud800', 'This name holds a character that is not text.'],
  ])('can’t be called %j', async (name, message) => {
    expect(await refusalOf(() => createView('partnerships', name, GOLD))).toBe(message)
    expect(await views()).toEqual([])
  })

  test.each([
    ['nowhere', GOLD, 'There is no such list.'],
    ['__proto__', GOLD, 'There is no such list.'],
    ['partnerships', null, 'There is nothing to save.'],
    ['partnerships', 'filter=tier~like~x', /A filter can ask/],
    ['partnerships', `q=${'x'.repeat(9_000)}`, /too many filters/],
  ])('of %j with the address %j is refused', async (list, query, message) => {
    expect(await refusalOf(() => createView(list, 'Gold', query))).toMatch(message)
    expect(await views()).toEqual([])
  })

  test('is one of at most a hundred of a list', async () => {
    await db().$executeRaw`
      INSERT INTO saved_view (id, list, name, query, user_id)
      SELECT gen_random_uuid(), 'partnerships', 'View ' || n, '', ${ada.id}::uuid
      FROM generate_series(1, 100) n`
    expect(await refusalOf(() => createView('partnerships', 'One more', GOLD))).toMatch(
      /at most 100/,
    )
    await create('Of another list', GOLD, 'contacts')
  })
})

describe('the view that a list opens with', () => {
  test('is one at most, and can be taken back', async () => {
    const [gold, silver] = [await create('Gold'), await create('Silver', 'q=silver')]
    await asAda(() => setViewAsDefault(gold, true))
    await asAda(() => setViewAsDefault(silver, true))
    expect(await views()).toMatchObject([{ isDefault: false }, { isDefault: true }])
    const bare = () => asAda(() => savedViewQuery('partnerships', {}))
    expect(await bare()).toBe(`view=${silver}&q=silver`)
    await asAda(() => setViewAsDefault(silver, false))
    expect(await bare()).toBeNull()
  })

  test('is still one when two are chosen at the same moment', async () => {
    const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => create(name)))
    await Promise.all(ids.map((id) => asAda(() => setViewAsDefault(id, true))))
    const chosen = (await views()).filter(({ isDefault }) => isDefault)
    expect(chosen).toHaveLength(1)
  })

  test('is each user’s own', async () => {
    const gold = await create('Gold')
    await asAda(() => setViewAsDefault(gold, true))
    expect(await asBob(() => savedViewQuery('partnerships', {}))).toBeNull()
  })
})

describe('an address', () => {
  test('that names a view alone leads to what is stored in it', async () => {
    const id = await create('Gold')
    const query = (params: object) => asAda(() => savedViewQuery('partnerships', { ...params }))
    expect(await query({ view: id })).toBe(`view=${id}&${GOLD}`)
    expect(await query({ view: id, q: 'x' })).toBeNull()
    expect(await query({ view: 'all' })).toBeNull()
    expect(await query({ sort: 'name' })).toBeNull()
  })

  test('of a view that is the whole list is not sent on for ever', async () => {
    const id = await create('Everything', '')
    expect(await asAda(() => savedViewQuery('partnerships', { view: id }))).toBeNull()
    await asAda(() => setViewAsDefault(id, true))
    expect(await asAda(() => savedViewQuery('partnerships', {}))).toBe(`view=${id}`)
  })

  test('of somebody else’s view opens it, and changes nothing about it', async () => {
    const id = await create('Gold')
    expect(await asBob(() => savedViewQuery('partnerships', { view: id }))).toContain(GOLD)
    expect(await asBob(() => listSavedViews('partnerships'))).toEqual([])
    expect(await asBob(() => listSavedViews('partnerships', id))).toMatchObject([{ own: false }])
    for (const change of [
      () => renameView(id, 'Mine'),
      () => updateView(id, ''),
      () => deleteView(id),
      () => setViewAsDefault(id, true),
    ]) {
      expect(await asBob(change)).toEqual({
        ok: false,
        message: 'This view is not there any more.',
      })
    }
    expect(await views()).toMatchObject([{ name: 'Gold', query: GOLD }])
  })

  test.each([UNKNOWN, 'nonsense', `${UNKNOWN}'--`])('of no view is refused: %s', async (view) => {
    await expect(asAda(() => savedViewQuery('partnerships', { view }))).rejects.toMatchObject({
      code: 'invalid_address',
    })
  })

  test('of another list’s view is refused', async () => {
    const id = await create('Gold', GOLD, 'contacts')
    await expect(asAda(() => savedViewQuery('partnerships', { view: id }))).rejects.toMatchObject({
      code: 'invalid_address',
    })
  })
})

test('nobody reads or changes a view without a session, or from another site', async () => {
  const id = await create('Gold')
  await expect(listSavedViews('partnerships')).rejects.toBeInstanceOf(UnauthenticatedError)
  await expect(savedViewQuery('partnerships', {})).rejects.toBeInstanceOf(UnauthenticatedError)
  const changes = [
    () => createView('partnerships', 'Another', ''),
    () => renameView(id, 'Another'),
    () => updateView(id, ''),
    () => deleteView(id),
    () => setViewAsDefault(id, true),
  ]
  for (const change of changes) expect((await change()).ok).toBe(false)
  browser.headers = new Headers({ host: 'waggle.test', origin: 'http://evil.test' })
  for (const change of changes) expect(await refusalOf(change)).toMatch(/not sent from Waggle/)
  expect(await views()).toMatchObject([{ name: 'Gold', query: GOLD, isDefault: false }])
})
