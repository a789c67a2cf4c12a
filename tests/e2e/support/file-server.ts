import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A host that keeps files for others, on this machine. */
export type FileServer = { url: string; close: () => Promise<void> }

/** Starts a host of files; whoever starts it closes it. */
export async function startFileServer(listener: RequestListener): Promise<FileServer> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
