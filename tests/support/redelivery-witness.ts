import { EventEmitter, once } from 'node:events'
import { db } from '@/lib/db'
import { outsideServer } from './outside-server'

/** A receiver that looks up, when an event arrives, whether its delivery is recorded as done. */
export async function witness() {
  const arrived: { seq: bigint; attempt: string }[] = []
  const afterDone: typeof arrived = []
  const arrival = new EventEmitter()
  const server = await outsideServer((request, response) => {
    request.resume()
    const [runId = '', seq = ''] = String(request.headers['waggle-delivery-id']).split('.')
    const eventSeq = BigInt(seq)
    const one = { seq: eventSeq, attempt: String(request.headers['waggle-attempt']) }
    arrived.push(one)
    const asked = db().delivery.findFirstOrThrow({ where: { run: { id: runId }, eventSeq } })
    void asked.then(({ state }) => {
      if (state === 'delivered') afterDone.push(one)
      response.end('ok')
      arrival.emit('one')
    })
  })
  return {
    url: server.url,
    arrived,
    afterDone,
    /** Resolves when so many more have arrived, or nothing has for a moment. */
    receives: async (count: number) => {
      const until = arrived.length + count
      while (arrived.length < until) {
        const silence = AbortSignal.timeout(2_000)
        await once(arrival, 'one', { signal: silence }).catch(() => undefined)
        if (silence.aborted) return
      }
    },
  }
}
