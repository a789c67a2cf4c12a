import { createHmac } from 'node:crypto'
import type { Delivery } from '@/lib/samples/delivery'
import { generateTraffic } from '@/lib/samples/generate-traffic'

const SIGNED_HEADER = base64url({ alg: 'HS256', typ: 'JWT' })
const TOKEN_LIFE_SECONDS = 3_600

/**
 * `count` ordinary deliveries, none of which repeats another: every token and every body is different, as
 * nothing that a receiver keeps from one request may help it with the next.
 */
export function* benchDeliveries(seed: number, count: number): Generator<Delivery> {
  const tokens = new Set<string>()
  let made = 0
  // About six in ten events of this mix are new messages; more is made than is taken.
  const traffic = generateTraffic({
    seed,
    partnerships: Math.ceil(count / 20),
    messages: Math.ceil(count * 0.75),
  })
  for (const delivery of traffic) {
    if (made === count) return
    if (delivery.expected.outcome !== 'accepted') continue
    const { user_uuid, event_id } = delivery.claims
    let { iat } = delivery
    while (tokens.has(`${user_uuid} ${event_id} ${iat}`)) iat++
    tokens.add(`${user_uuid} ${event_id} ${iat}`)
    made++
    yield { ...delivery, iat }
  }
  if (made < count) throw new Error(`Only ${made} deliveries were made, not ${count}.`)
}

/** The whole HTTP/1.1 request as it goes onto the wire. */
export function toWire(delivery: Delivery, secret: string, host: string, path: string): Buffer {
  const body = Buffer.from(delivery.body)
  const head =
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n` +
    `Authorization: Bearer ${signToken(delivery, secret)}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

// By hand and without awaiting: a hundred thousand of them are signed before a round.
function signToken({ claims, iat }: Delivery, secret: string): string {
  const exp = Math.floor(Date.now() / 1000) + TOKEN_LIFE_SECONDS
  const signed = `${SIGNED_HEADER}.${base64url({ ...claims, iat, exp })}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
