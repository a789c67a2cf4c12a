import type { IncomingMessage, ServerResponse } from 'node:http'
import { POST } from '@/app/api/webhooks/journeybee/route'
import { log } from '@/lib/log'
import { WEBHOOK_PATH } from '@/lib/webhook-address'
import { RequestBody } from './request-body'

/** Whether a request is a delivery as senders make it. Others find the same route through Next. */
export function isDelivery({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url === WEBHOOK_PATH
}

/**
 * Answers a delivery with what the webhook's route handler says, without Next's way to it. The handler
 * is the one that Next serves: what it is held to by its tests holds here.
 */
export async function answerDelivery(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await POST({
      headers: { get: (name) => headerOf(request, name) },
      body: new RequestBody(request),
    })
    const text = await answer.text()
    response.statusCode = answer.status
    response.setHeaders(answer.headers)
    // With a length: an answer in chunks costs a second write.
    response.end(text)
  } catch (error) {
    log.error({ err: error }, 'a delivery failed outside of its route')
    if (response.headersSent) response.destroy()
    else response.writeHead(500).end()
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return value === undefined ? null : String(value)
}
