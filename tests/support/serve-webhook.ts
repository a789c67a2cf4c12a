import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveDelivery } from '@/lib/runtime/serve-delivery'

/**
 * Serves the exported route handler over real HTTP on a free port, as `npm start` does, and sets PORT to
 * it: for code that delivers to its own server. To be called before the settings are read for the first time.
 */
export async function serveWebhook(): Promise<Server> {
  const server = createServer((request, response) => void serveDelivery(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env.PORT = String((server.address() as AddressInfo).port)
  return server
}
