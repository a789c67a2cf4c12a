import { UnauthenticatedError } from '@/lib/errors'
import { getEventBody, WithheldTextError } from '@/lib/queries/get-event-body'

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }

/** The body of an event exactly as it is stored, as a download: never something that a browser would run. */
export async function GET(_request: Request, props: { params: Promise<{ id: string }> }) {
  const { id } = await props.params
  let body: string | null
  try {
    body = await getEventBody(id)
  } catch (error) {
    if (error instanceof UnauthenticatedError) return refuse(401, error.message)
    if (error instanceof WithheldTextError) return refuse(403, error.message)
    throw error
  }
  if (body === null) return refuse(404, 'There is no such event.')
  return new Response(body, {
    headers: {
      ...TEXT,
      'Content-Disposition': `attachment; filename="event-${id.toLowerCase()}.json"`,
      'Cache-Control': 'private, no-store',
    },
  })
}

function refuse(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...TEXT, 'Cache-Control': 'no-store' } })
}
