import { expect, test } from 'vitest'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import type { Delivery } from '@/lib/samples/delivery'
import { parseEventBody } from '@/lib/schemas/event-body'
import { isEventType } from '@/lib/schemas/event-types'
import { parseJsonObject } from '@/lib/schemas/parse-json-object'

const MAX_BODY_BYTES = 1_048_576

const nasty = [...generateTraffic({ seed: 7, partnerships: 1, messages: 1, nasty: true })].filter(
  (delivery) => delivery.label,
)

test.each(nasty.map((delivery) => [delivery.label, delivery] as const))(
  '%s: what it expects is what the contract says',
  (_, delivery) => {
    expect(judge(delivery)).toEqual(delivery.expected)
  },
)

test('labels and tokens are all different', () => {
  expect(new Set(nasty.map(({ label }) => label)).size).toBe(nasty.length)
  expect(new Set(nasty.map(({ iat, claims }) => JSON.stringify([iat, claims]))).size).toBe(
    nasty.length,
  )
})

// The outcome table of the receiver, on the schemas alone.
function judge({ eventType, body, bytes, contentType }: Delivery): Delivery['expected'] {
  if (contentType && !contentType.includes('json')) return { status: 415, outcome: 'refused' }
  const content = bytes ?? Buffer.from(body)
  if (content.length > MAX_BODY_BYTES) return { status: 413, outcome: 'refused' }
  const text = decode(content)
  const parsed = text === null ? null : parseJsonObject(text)
  if (!parsed?.ok) return { status: 400, outcome: 'refused' }
  if (!isEventType(eventType)) return { status: 200, outcome: 'unsupported' }
  const fits = !parsed.tooDeep && parseEventBody(eventType, parsed.value).ok
  return { status: 200, outcome: fits ? 'accepted' : 'invalid' }
}

function decode(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return null
  }
}
