import { setTimeout as delay } from 'node:timers/promises'
import { benchDeliveries, toWire } from './bench-requests'
import { LoadConnection } from './load-connection'

const PATH = '/api/webhooks/journeybee'
const SEED = 900
const MOST = 50_000

/**
 * Sends an event at a time, so many a second, until it is stopped. What comes late because an answer took
 * long is not made up for.
 */
export async function startSteadyLoad(port: number, secret: string, eventsPerSecond: number) {
  const connection = await LoadConnection.open(port)
  const times: number[] = []
  let acknowledged = 0
  let stopped = false
  const send = async () => {
    for (const delivery of benchDeliveries(SEED, MOST)) {
      if (stopped) return
      const started = performance.now()
      const status = await connection.send(toWire(delivery, secret, `127.0.0.1:${port}`, PATH))
      const took = performance.now() - started
      times.push(took)
      if (status === 200) acknowledged++
      await delay(Math.max(0, 1000 / eventsPerSecond - took))
    }
  }
  const sending = send()
  return {
    /** Milliseconds from request to answer. */
    stop: async () => {
      stopped = true
      await sending
      connection.close()
      times.sort((a, b) => a - b)
      const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
      return { acknowledged, answer: { p50: at(0.5), p99: at(0.99), longest: at(1) } }
    },
  }
}
