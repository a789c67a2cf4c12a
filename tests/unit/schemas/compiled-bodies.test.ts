import { expect, test } from 'vitest'
import { contactEventBody } from '@/lib/schemas/contact'
import { parseEventBody } from '@/lib/schemas/event-body'
import { isEventType, type EventType } from '@/lib/schemas/event-types'
import { deletedMessageEventBody, messageEventBody } from '@/lib/schemas/message'
import { parseJsonObject } from '@/lib/schemas/parse-json-object'
import { partnershipEventBody } from '@/lib/schemas/partnership'
import { generateTraffic } from '@/lib/samples/generate-traffic'

const AS_WRITTEN = {
  partner_created: partnershipEventBody,
  partner_updated: partnershipEventBody,
  partner_contact_created: contactEventBody,
  partner_contact_updated: contactEventBody,
  message_created: messageEventBody,
  message_updated: messageEventBody,
  message_deleted: deletedMessageEventBody,
}

test('a compiled schema takes, changes and refuses exactly what the schema does as it is written', () => {
  const read = { taken: 0, refused: 0 }
  for (const { type, value } of bodies()) {
    const expected = AS_WRITTEN[type].safeParse(value)
    const parsed = parseEventBody(type, value)
    expect(parsed.ok).toBe(expected.success)
    if (parsed.ok) expect(parsed.body).toStrictEqual(expected.data)
    read[parsed.ok ? 'taken' : 'refused']++
  }
  expect(read.taken).toBeGreaterThan(1_000)
  expect(read.refused).toBeGreaterThan(10)
})

// Ordinary deliveries and nasty ones.
function* bodies(): Generator<{ type: EventType; value: Record<string, unknown> }> {
  for (const { eventType, body } of generateTraffic({
    seed: 7,
    partnerships: 60,
    messages: 1_000,
    nasty: true,
  })) {
    const parsed = parseJsonObject(body)
    if (!isEventType(eventType) || !parsed.ok || parsed.tooDeep) continue
    yield { type: eventType, value: parsed.value }
  }
}
