import { watchSession } from '@/lib/auth/watch-session'
import { openLiveStream } from '@/lib/live/open-live-stream'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Which rooms change, as server-sent events, while the session lasts. */
export async function GET(): Promise<Response> {
  const session = await watchSession()
  if (!session) return refuse(401, 'Sign in to see this.')
  const stream = openLiveStream({ session: session.key, isSignedIn: session.isAlive })
  return stream ?? refuse(503, 'Waggle is stopping.')
}

/** Without a body there is nothing to keep open. */
export async function HEAD(): Promise<Response> {
  return new Response(null, { status: (await watchSession()) ? 200 : 401 })
}

function refuse(status: 401 | 503, text: string): Response {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(text, {
    status,
    headers: status === 503 ? { ...headers, 'Retry-After': '5' } : headers,
  })
}
