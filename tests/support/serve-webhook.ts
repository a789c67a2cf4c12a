import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { POST } from '@/app/api/webhooks/journeybee/route'

/**
 * Serves the exported route handler over real HTTP on a free port and sets PORT to it: for code that
 * delivers to its own server. To be called before the settings are read for the first time.
 */
export async function serveWebhook(): Promise<Server> {
  const server = createServer(async (incoming, outgoing) => {
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method,
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>,
      // Streams may be sent only so (Fetch standard, RequestInit.duplex).
      ...({ duplex: 'half' } as object),
    })
    const response = await POST(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(await response.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env.PORT = String((server.address() as AddressInfo).port)
  return server
}
