import { createServer, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import next from 'next'
import { log } from '@/lib/log'
import { closeLiveHub } from '@/lib/live/live-hub'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { findLostName } from '@/lib/search-params'
import { PROJECT_ROOT } from './project-files'
import { isDelivery, serveDelivery } from './serve-delivery'
import { reasonOf, StartError } from './start-error'

// A token may be larger than Node's 16 KiB: it must be refused by the receiver (401), like any other.
const MAX_HEADER_BYTES = 128 * 1024
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000
// Longer than the 60 s after which the usual proxies drop an idle connection, so that it is never we
// who close one that a proxy is about to use.
const KEEP_ALIVE_MS = 65_000
const FLUSH_PATIENCE_MS = 1_000
const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip)$/
const ROUTED_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

export type AppServer = {
  /** Takes no new connection, lets the requests in flight finish for up to `patienceMs`, then cuts them. */
  stop: (patienceMs: number) => Promise<void>
}

/**
 * Serves the built app from this process.
 *
 * @param trustProxy Whether `x-forwarded-…` headers are believed. They are not by default: anybody can
 *   send them, and the rate limit of the sign-in goes by them.
 * @throws StartError when the address can't be had.
 */
export async function serveApp(
  host: string,
  port: number,
  trustProxy: boolean,
): Promise<AppServer> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  // The port first: a second Waggle must hear of it at once, not after Next has been loaded.
  await listen(server, host, port)
  // Next would take requests for an upgrade from the server that it is told of, and never let go of their
  // sockets. From one that nobody reaches it takes none, and Node answers them as any other request
  // (RFC 9110, 7.8).
  const httpServer = createServer()
  const app = next({ dev: false, dir: PROJECT_ROOT, hostname: host, port, httpServer })
  const prepared = app.prepare()
  let stopping = false
  server.on('request', (request, response) => {
    // A connection that is kept alive would hold up the stop after its request has been answered.
    response.once('close', () => {
      if (stopping) setImmediate(() => server.closeIdleConnections())
    })
    // RFC 9112, 3.2.2: the absolute form names the same resource.
    request.url = request.url?.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
    if (isDelivery(request)) {
      void serveDelivery(request, response)
      return
    }
    const lost = findLostName(request.url)
    if (isUnreadable(request.url) || lost !== undefined) {
      response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end(lost ? `No page knows “${lost}”.` : 'This address can’t be read.')
      return
    }
    if (!trustProxy || !request.headers['x-forwarded-for']) believeSocketOnly(request, trustProxy)
    // Next has no route for TRACE, PROPFIND and the like and answers 400 or 500. Whether they are refused
    // is for the route to say: OPTIONS changes nothing anywhere either.
    if (!ROUTED_METHODS.has(request.method ?? '')) request.method = 'OPTIONS'
    prepared
      .then(() => app.getRequestHandler()(request, response))
      .catch((error: unknown) => {
        log.error({ err: error }, 'a request failed outside of its page')
        response.destroy()
      })
  })
  await prepared

  return {
    stop: async (patienceMs) => {
      stopping = true
      const closed = once(server, 'close')
      server.close()
      closeLiveHub()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs)
      await closed
      clearTimeout(timer)
      await app.close()
      await flushLastRejections()
    },
  }
}

// Next decodes a path before it asks the route or the page, and answers 500.
function isUnreadable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/[?#].*$/s, ''))
    return false
  } catch {
    return true
  }
}

// A stop does not wait for a database that hangs: these counts are worth less than that.
async function flushLastRejections(): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FLUSH_PATIENCE_MS)
  })
  await Promise.race([flushRejections(), late])
  clearTimeout(timer)
}

// A proxy that is trusted and does not say for whom it asks is itself who asks: else all who come through
// such proxies would share one allowance with those who come through none.
function believeSocketOnly({ headers, socket }: IncomingMessage, trustProxy: boolean): void {
  if (!trustProxy) {
    for (const name of Object.keys(headers)) if (FORWARDED.test(name)) delete headers[name]
  }
  headers['x-forwarded-for'] = socket.remoteAddress ?? ''
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new StartError(
        `PORT ${port} is already in use on ${host}: set PORT to another one, or stop what is using it.`,
      )
    }
    throw new StartError(`HOST ${host} can't be listened on: ${reasonOf(error)}.`)
  }
}
