import { NextResponse, type NextRequest } from 'next/server'
import { ADDRESS_HEADER } from '@/lib/auth/address-header'

/**
 * Tells a page its own address, so that signing in leads back to it. No guard: queries and actions check
 * the session themselves.
 */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers)
  headers.set(ADDRESS_HEADER, request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.next({ request: { headers } })
}

export const config = {
  // Not the webhook: behind a proxy Next cuts a body over 10 MB instead of letting it be refused.
  matcher: ['/((?!api/|_next/|login|favicon.ico|icon).*)'],
}
