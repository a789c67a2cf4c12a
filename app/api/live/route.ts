import { watchSession, type WatchedSession } from '@/lib/auth/watch-session'
import { isOutOfReach } from '@/lib/is-out-of-reach'
import { liveTopicOf } from '@/lib/live/live-topic'
import { openLiveStream } from '@/lib/live/open-live-stream'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Which rooms change, or with `?topic=events` that the log does, as server-sent events, while the session lasts. */
export async function GET(request: Request): Promise<Response> {
  const session = await sessionOrRefusal()
  if (session instanceof Response) return session
  const topic = liveTopicOf(new URL(request.url).searchParams.get('topic') ?? 'rooms')
  if (!topic) return refuse(400, 'There is no such topic.')
  const stream = openLiveStream({ session: session.key, topic, isSignedIn: session.isAlive })
  return stream ?? refuse(503, 'Waggle is stopping.')
}

/** Without a body there is nothing to keep open. */
export async function HEAD(): Promise<Response> {
  const session = await sessionOrRefusal()
  if (!(session instanceof Response)) return new Response(null)
  return new Response(null, { status: session.status, headers: session.headers })
}

// Each page that is open asks for a stream: when many do at once, some may find no connection free in time.
async function sessionOrRefusal(): Promise<WatchedSession | Response> {
  try {
    return (await watchSession()) ?? refuse(401, 'Sign in to see this.')
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return refuse(503, 'The database is out of reach.')
  }
}

function refuse(status: 400 | 401 | 503, text: string): Response {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(text, {
    status,
    headers: status === 503 ? { ...headers, 'Retry-After': '5' } : headers,
  })
}
