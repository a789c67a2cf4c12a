import { createHash } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { browser, redirectOf } from '../support/browser-request'
import { signIn } from '@/app/login/sign-in'
import { signOut } from '@/app/login/sign-out'
import { findUser, requireUser } from '@/lib/auth/current-user'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { syncAdministrator } from '@/lib/auth/sync-administrator'
import { FAILURES_TOGETHER } from '@/lib/auth/throttle-sign-in'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { UnauthenticatedError } from '@/lib/errors'

const EMAIL = 'admin@waggle.test'
const PASSWORD = 'correct horse battery staple'
const REFUSED = 'The e-mail or the password is not right.'
const DAY_MS = 86_400_000

beforeEach(async () => {
  browser.reset()
  vi.useRealTimers()
  await db().$executeRaw`TRUNCATE session, sign_in_throttle`
})

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const right = (next = '/') => form({ email: EMAIL, password: PASSWORD, next })
const wrong = () => form({ email: EMAIL, password: 'wrong', next: '/' })

function cookie() {
  return browser.jar.get('waggle_session')
}

test('the right password starts a session, leads on, and keeps only the hash of the token', async () => {
  expect(await redirectOf(signIn(null, right('/rooms?q=a')))).toBe('/rooms?q=a')
  expect(await requireUser()).toMatchObject({ email: EMAIL })

  const set = cookie()
  expect(set?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure: false })
  expect(Buffer.from(set?.value ?? '', 'base64url')).toHaveLength(32)
  const session = await db().session.findFirstOrThrow({ include: { user: true } })
  const tokenHash = createHash('sha256')
    .update(set?.value ?? '')
    .digest()
  expect(Buffer.from(session.tokenHash)).toEqual(tokenHash)
  expect(session.user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test.each([
  [true, 'https', true],
  [true, 'http', false],
  [false, 'https', false],
])(
  'with TRUST_PROXY %s and a request that came by %s the cookie is Secure: %s',
  async (trust, scheme, secure) => {
    const settings = env()
    settings.TRUST_PROXY = trust
    browser.headers.set('x-forwarded-proto', scheme)
    try {
      await redirectOf(signIn(null, right()))
    } finally {
      settings.TRUST_PROXY = false
    }
    expect(cookie()?.options).toMatchObject({ secure })
  },
)

test('the cookie is Secure where Waggle is reached by https', async () => {
  const settings = env()
  settings.PUBLIC_URL = 'https://waggle.test'
  try {
    await redirectOf(signIn(null, right()))
  } finally {
    settings.PUBLIC_URL = undefined
  }
  expect(cookie()?.options).toMatchObject({ secure: true })
})

test('the e-mail is not case-sensitive', async () => {
  const data = form({ email: ' Admin@Waggle.TEST ', password: PASSWORD })
  expect(await redirectOf(signIn(null, data))).toBe('/')
})

test.each([
  ['a wrong password', { email: EMAIL, password: 'wrong' }],
  [
    'an unknown e-mail with the right password',
    { email: 'nobody@waggle.test', password: PASSWORD },
  ],
  ['an empty form', {}],
])('%s is refused with the same sentence and no cookie', async (_, fields) => {
  const state = await signIn(null, form(fields))
  expect(state?.error).toBe(REFUSED)
  expect(browser.jar.size).toBe(0)
  expect(await findUser()).toBeNull()
})

test.each(['//evil.test', '/\\evil.test', 'https://evil.test/'])(
  'signing in never leads to %s',
  async (next) => {
    expect(await redirectOf(signIn(null, right(next)))).toBe('/')
  },
)

test.each([['http://evil.test'], ['null'], [undefined]])(
  'a form from the origin %s can neither sign in nor sign out',
  async (origin) => {
    await redirectOf(signIn(null, right()))
    if (origin === undefined) browser.headers.delete('origin')
    else browser.headers.set('origin', origin)
    expect((await signIn(null, right()))?.error).toMatch(/not sent from Waggle/)
    await expect(signOut()).rejects.toThrow(/not sent from Waggle/)
    expect(await findUser()).not.toBeNull()
    expect(await db().session.count()).toBe(1)
  },
)

test('after signing out the cookie is worth nothing, also when it is sent again', async () => {
  await redirectOf(signIn(null, right()))
  const copy = cookie()
  expect(await redirectOf(signOut())).toBe('/login')
  expect(cookie()).toBeUndefined()
  if (copy) browser.jar.set('waggle_session', copy)
  await expect(requireUser()).rejects.toThrow(UnauthenticatedError)
})

test.each(['', 'forged', 'A'.repeat(43), 'x'.repeat(10_000)])(
  'the forged cookie "%.20s" is nobody',
  async (value) => {
    await redirectOf(signIn(null, right()))
    browser.jar.set('waggle_session', { value })
    expect(await findUser()).toBeNull()
  },
)

test('a session ends after fourteen days without a visit, and is purged at the next sign-in', async () => {
  await redirectOf(signIn(null, right()))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 14 * DAY_MS + 1_000 })
  expect(await findUser()).toBeNull()
  await redirectOf(signIn(null, right()))
  expect(await db().session.count()).toBe(1)
})

test('visits prolong a session, but not beyond thirty days', async () => {
  await redirectOf(signIn(null, right()))
  const start = Date.now()
  vi.useFakeTimers({ toFake: ['Date'] })
  for (const day of [10, 20, 29.9]) {
    vi.setSystemTime(start + day * DAY_MS)
    expect(await findUser()).not.toBeNull()
  }
  vi.setSystemTime(start + 30 * DAY_MS + 60_000)
  expect(await findUser()).toBeNull()
})

test('a page sends whoever is not signed in to /login, which leads back', async () => {
  expect(await redirectOf(requireUserOrSignIn())).toBe('/login')
  browser.headers.set('x-waggle-address', '/rooms/r1?company=c')
  expect(await redirectOf(requireUserOrSignIn())).toBe('/login?next=%2Frooms%2Fr1%3Fcompany%3Dc')
  browser.headers.set('x-waggle-address', '//evil.test')
  expect(await redirectOf(requireUserOrSignIn())).toBe('/login')
})

test('a changed password or e-mail ends every session', async () => {
  await redirectOf(signIn(null, right()))
  const same = await syncAdministrator(EMAIL, PASSWORD)
  expect(await db().session.count()).toBe(1)

  const changed = await syncAdministrator(EMAIL, 'another password')
  expect(changed.id).toBe(same.id)
  expect(changed.passwordHash).not.toBe(same.passwordHash)
  expect(await db().session.count()).toBe(0)

  const renamed = await syncAdministrator('somebody@waggle.test', 'another password')
  // Saved views, and what has been read, are kept.
  expect(renamed.id).toBe(same.id)
  expect(await db().session.count()).toBe(0)
  expect(await db().appUser.findMany({ select: { email: true } })).toEqual([
    { email: 'somebody@waggle.test' },
  ])
  // As the environment of this process has it.
  await syncAdministrator(EMAIL, PASSWORD)
})

test('the eleventh failure of an address is told when to try again, even with the right password', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T10:00:00Z') })
  for (let n = 0; n < 10; n++) expect((await signIn(null, wrong()))?.error).toBe(REFUSED)
  vi.setSystemTime(new Date('2026-11-22T10:03:00Z'))
  expect((await signIn(null, right()))?.error).toBe('Too many attempts. Try again in 12 minutes.')

  browser.headers.set('x-forwarded-for', '192.0.2.2')
  expect(await redirectOf(signIn(null, right()))).toBe('/')

  browser.headers.set('x-forwarded-for', '192.0.2.1')
  vi.setSystemTime(new Date('2026-11-22T10:15:00Z'))
  expect(await redirectOf(signIn(null, right()))).toBe('/')
})

test('parallel guesses do not slip past the limit', async () => {
  const states = await Promise.all(Array.from({ length: 30 }, () => signIn(null, wrong())))
  expect(states.filter((state) => state?.error === REFUSED)).toHaveLength(10)
})

test('success forgets the failures before it', async () => {
  for (let n = 0; n < 9; n++) await signIn(null, wrong())
  await redirectOf(signIn(null, right()))
  for (let n = 0; n < 9; n++) expect((await signIn(null, wrong()))?.error).toBe(REFUSED)
})

test('an IPv6 network shares one allowance', async () => {
  for (let n = 0; n < 10; n++) {
    browser.headers.set('x-forwarded-for', `2001:db8:0:1::${n + 1}`)
    expect((await signIn(null, wrong()))?.error).toBe(REFUSED)
  }
  browser.headers.set('x-forwarded-for', '2001:0db8::1:ffff:0:0:9')
  expect((await signIn(null, wrong()))?.error).toMatch(/^Too many attempts/)
  browser.headers.set('x-forwarded-for', '2001:db8:0:2::1')
  expect((await signIn(null, wrong()))?.error).toBe(REFUSED)
})

test('many addresses together have a limit too, which one refused address does not use up', async () => {
  await db().signInThrottle.create({
    data: { key: 'all', windowStart: new Date(), failures: FAILURES_TOGETHER - 2 },
  })
  for (let n = 0; n < 12; n++) {
    browser.headers.set('x-forwarded-for', n < 2 ? `192.0.2.${n + 10}` : '192.0.2.99')
    const refusal = (await signIn(null, wrong()))?.error
    if (n < 2) expect(refusal).toBe(REFUSED)
    else expect(refusal).toMatch(/^Too many attempts\. Try again in 15 minutes\.$/)
  }
})
