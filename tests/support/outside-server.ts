import { once } from 'node:events'
import http, { type RequestListener } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server that stands for the world outside. It ends with the test. */
export type OutsideServer = {
  port: number
  url: string
  /** What it was asked, in order: method, path and headers. */
  requests: { method: string; url: string; headers: http.IncomingHttpHeaders }[]
  /** Connections that were opened to it, whether anything was sent on them or not. */
  connections: () => number
}

/** An HTTP server on a loopback address. */
export async function outsideServer(
  listener: RequestListener,
  address = '127.0.0.1',
  port = 0,
): Promise<OutsideServer> {
  const requests: OutsideServer['requests'] = []
  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request
    requests.push({ method, url, headers })
    // A client that goes away in the middle of an answer is what these tests are about.
    response.on('error', () => undefined)
    listener(request, response)
  })
  return { ...(await start(server, address, port)), requests }
}

/** A server that speaks no HTTP of its own: the listener writes the answer's very bytes. */
export async function rawServer(onRequest: (socket: net.Socket) => void): Promise<OutsideServer> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => onRequest(socket))
  })
  return { ...(await start(server, '127.0.0.1', 0)), requests: [] }
}

async function start(server: net.Server, address: string, port: number) {
  const sockets = new Set<net.Socket>()
  let connections = 0
  server.on('connection', (socket: net.Socket) => {
    connections++
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, address)
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port: actual } = server.address() as AddressInfo
  const host = address.includes(':') ? `[${address}]` : address
  return { port: actual, url: `http://${host}:${actual}`, connections: () => connections }
}
