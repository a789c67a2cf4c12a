import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { config, proxy } from '@/proxy'

function ask(path: string, init?: { method?: string; cookie?: string }) {
  const headers = { ...(init?.cookie && { cookie: init.cookie }), 'x-waggle-address': '/forged' }
  return proxy(new NextRequest(`http://waggle.test${path}`, { method: init?.method, headers }))
}

test('without a session cookie a page leads to /login, which leads back', () => {
  const response = ask('/rooms/r%2F1?company=c')
  expect(response.status).toBe(307)
  expect(response.headers.get('location')).toBe(
    'http://waggle.test/login?next=%2Frooms%2Fr%252F1%3Fcompany%3Dc',
  )
  expect(ask('/').headers.get('location')).toBe('http://waggle.test/login')
})

test('with a cookie, whatever it is worth, a page is told its own address', () => {
  const response = ask('/rooms?q=a', { cookie: 'waggle_session=x' })
  expect(response.headers.get('x-middleware-next')).toBe('1')
  expect(response.headers.get('x-middleware-request-x-waggle-address')).toBe('/rooms?q=a')
})

test('a form is not sent elsewhere', () => {
  expect(ask('/rooms', { method: 'POST' }).headers.get('location')).toBeNull()
})

test.each([
  ['/api/webhooks/journeybee', false],
  ['/api/health', false],
  ['/_next/static/x.js', false],
  ['/login', false],
  ['/', true],
  ['/partnerships/p', true],
])('%s passes the proxy: %s', (path, passes) => {
  expect(config.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(path))).toBe(passes)
})
