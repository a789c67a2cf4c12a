import type { IncomingHttpHeaders } from 'node:http'
import { startFileServer } from './file-server'

export type Received = { headers: IncomingHttpHeaders; body: string }
export type Receiver = { url: string; received: Received[]; close: () => Promise<void> }

/**
 * A receiver of events that writes down what it gets before it answers.
 *
 * @param answer The status; 0 breaks the connection off.
 */
export async function startReceiver(
  answer: (got: Received) => number | Promise<number> = () => 200,
): Promise<Receiver> {
  const received: Received[] = []
  const server = await startFileServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const got = { headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(got)
      const status = await answer(got)
      if (status === 0) request.socket.destroy()
      else response.writeHead(status).end('<i>noted</i>')
    })
  })
  return { ...server, received }
}
