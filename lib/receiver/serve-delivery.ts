import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/log'
import { answerDelivery, refuseDelivery, type Answer } from './answer-delivery'
import { NodeRequestBody } from './node-request-body'

const WEBHOOK_PATH = '/api/webhooks/journeybee'
// How long a sender may go on sending what has been refused before its connection is cut. Cutting at
// once would often take the answer along.
const LINGER_MS = 2_000

/** Whether a request is a delivery, which serveDelivery answers; everything else is Next's. */
export function isDelivery({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === WEBHOOK_PATH || url.startsWith(`${WEBHOOK_PATH}?`))
}

/**
 * Receives a delivery from Node's own server. The same receiver as behind app/api/webhooks, without
 * Next's routing and without its Request, streams and Response in between. Never rejects.
 */
export async function serveDelivery(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = new NodeRequestBody(request)
  try {
    send(request, response, await answerDelivery({ headers: headersOf(request), body }))
  } catch (error) {
    // Only the name: a message may quote what was received.
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'a delivery failed')
    void body.cancel()
    send(request, response, refuseDelivery('not_stored'))
  }
}

function headersOf({ headers }: IncomingMessage) {
  return {
    get: (name: string): string | null => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
  if (request.complete) return
  const timer = setTimeout(() => request.destroy(), LINGER_MS)
  request.once('close', () => clearTimeout(timer))
}
