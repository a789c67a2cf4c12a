import type { IncomingHttpHeaders } from 'node:http'
import { outsideServer } from './outside-server'

export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/**
 * A receiver that writes down what it gets and then answers with a status, or breaks the connection off for 0.
 */
export async function receiver(answer: (got: Received) => number = () => 200) {
  const received: Received[] = []
  let atOnce = 0
  let most = 0
  const server = await outsideServer((request, response) => {
    most = Math.max(most, ++atOnce)
    response.once('close', () => atOnce--)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const got = { method, url, headers, body: Buffer.concat(chunks).toString() }
      received.push(got)
      const status = answer(got)
      if (status === 0) request.socket.destroy()
      else response.writeHead(status).end('noted')
    })
  })
  return { ...server, received, mostAtOnce: () => most }
}
