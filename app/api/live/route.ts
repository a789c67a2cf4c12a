import { watchSession } from '@/lib/auth/watch-session'
import { openLiveStream } from '@/lib/live/open-live-stream'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Which rooms change, as server-sent events, while the session lasts. */
export async function GET(): Promise<Response> {
  const session = await watchSession()
  if (!session) return refuse(401, 'Sign in to see this.')
  const stream = openLiveStream({ userId: session.user.id, isSignedIn: session.isAlive })
  return stream ?? refuse(429, 'Too many pages are open.')
}

/** Without a body there is nothing to keep open. */
export async function HEAD(): Promise<Response> {
  return new Response(null, { status: (await watchSession()) ? 200 : 401 })
}

function refuse(status: 401 | 429, text: string): Response {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(text, {
    status,
    headers: status === 429 ? { ...headers, 'Retry-After': '30' } : headers,
  })
}
