import { requireUser } from '@/lib/auth/current-user'
import { UnauthenticatedError } from '@/lib/errors'
import { getEventBody } from '@/lib/queries/get-event-body'

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }

/** The body of an event exactly as it is stored, as a download: never something that a browser would run. */
export async function GET(_request: Request, props: { params: Promise<{ id: string }> }) {
  const { id } = await props.params
  try {
    await requireUser()
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error
    return new Response(error.message, { status: 401, headers: TEXT })
  }
  const body = await getEventBody(id)
  if (body === null) return new Response('There is no such event.', { status: 404, headers: TEXT })
  return new Response(body, {
    headers: {
      ...TEXT,
      'Content-Disposition': `attachment; filename="event-${id.toLowerCase()}.json"`,
      'Cache-Control': 'private, no-store',
    },
  })
}
