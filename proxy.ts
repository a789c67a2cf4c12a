import { NextResponse, type NextRequest } from 'next/server'
import { ADDRESS_HEADER, SESSION_COOKIE } from '@/lib/auth/request-names'

/**
 * Tells a page its own address, so that signing in leads back to it, and spares whoever has no session
 * cookie at all the way to the page. No guard: it believes any cookie, and queries and actions check the
 * session themselves.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  const address = pathname + search
  // A form that is posted keeps its method through a redirect: the action itself refuses it.
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && !request.cookies.has(SESSION_COOKIE)) {
    const login = new URL('/login', request.url)
    if (address !== '/') login.searchParams.set('next', address)
    return NextResponse.redirect(login)
  }
  const headers = new Headers(request.headers)
  headers.set(ADDRESS_HEADER, address)
  return NextResponse.next({ request: { headers } })
}

export const config = {
  // Not the webhook: behind a proxy Next cuts a body over 10 MB instead of letting it be refused.
  matcher: ['/((?!api/|_next/|login|favicon.ico|icon).*)'],
}
