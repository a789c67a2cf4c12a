import { benchDeliveries, toWire } from './bench-requests'
import { LoadConnection } from './load-connection'

export type LoadOrder = {
  port: number
  secret: string
  seed: number
  requests: number
  connections: number
}

/** Times in milliseconds. */
export type LoadResult = {
  acknowledged: number
  refused: Record<string, number>
  seconds: number
  p50: number
  p99: number
  longest: number
}

export type LoadMessage = { kind: 'prepared' } | ({ kind: 'result' } & LoadResult)

// A process of its own, told by its parent what to send: 'prepared' once everything is signed and every
// connection is open, then, at the parent's word, the load.
process.once('message', (order: LoadOrder) => void prepare(order))

async function prepare(order: LoadOrder): Promise<void> {
  const host = `127.0.0.1:${order.port}`
  const requests: Buffer[] = []
  for (const delivery of benchDeliveries(order.seed, order.requests)) {
    requests.push(toWire(delivery, order.secret, host, '/api/webhooks/journeybee'))
  }
  const connections = await Promise.all(
    Array.from({ length: order.connections }, () => LoadConnection.open(order.port)),
  )
  process.once('message', () => void load(requests, connections))
  report({ kind: 'prepared' })
}

async function load(requests: Buffer[], connections: LoadConnection[]): Promise<void> {
  const latencies = new Float64Array(requests.length)
  const refused: Record<string, number> = {}
  let next = 0
  let answered = 0
  let acknowledged = 0
  const started = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      while (next < requests.length) {
        const request = requests[next++]
        if (!request) return
        const sentAt = performance.now()
        const status = await connection.send(request)
        latencies[answered++] = performance.now() - sentAt
        if (status === 200) acknowledged++
        else refused[status] = (refused[status] ?? 0) + 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const connection of connections) connection.close()
  latencies.sort()
  const percentile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0
  report({
    kind: 'result',
    acknowledged,
    refused,
    seconds,
    p50: percentile(0.5),
    p99: percentile(0.99),
    longest: percentile(1),
  })
  process.disconnect()
}

function report(message: LoadMessage): void {
  process.send?.(message)
}
