import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/log'
import { answerDelivery } from '@/lib/receiver/answer-delivery'
import { WEBHOOK_PATH } from '@/lib/webhook-address'
import { RequestBody } from './request-body'

/** Whether a request is a delivery as senders make it. Others find the same route through Next. */
export function isDelivery({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url === WEBHOOK_PATH
}

/**
 * Answers a delivery with the webhook's route handler, without Next's way to it (docs/decisions/14): what
 * the tests hold the route to holds here.
 */
export async function serveDelivery(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await answerDelivery({
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
