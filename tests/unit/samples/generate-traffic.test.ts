import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import type { Delivery } from '@/lib/samples/delivery'
import { generateTraffic, type TrafficOptions } from '@/lib/samples/generate-traffic'
import { parseContactEvent, parseMessage, parsePartnership } from './parsed-samples'
import { CUSTOM_FIELD_TYPES } from '@/lib/schemas/custom-field'
import { parseEventBody } from '@/lib/schemas/event-body'
import { EVENT_TYPES, isEventType } from '@/lib/schemas/event-types'

const OPTIONS = { seed: 7, partnerships: 50, messages: 500 }
const traffic = [...generateTraffic(OPTIONS)]

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function hash(options: TrafficOptions): string {
  const digest = createHash('sha256')
  for (const { body, bytes, iat, claims } of generateTraffic(options)) {
    digest.update(JSON.stringify([iat, claims, body]))
    if (bytes) digest.update(bytes)
  }
  return digest.digest('hex')
}

test('the same seed gives the same bodies byte for byte, at another time and with other chance', () => {
  const first = hash({ ...OPTIONS, nasty: true })
  vi.useFakeTimers({ now: Date.UTC(2031, 0, 1) })
  vi.spyOn(Math, 'random').mockReturnValue(0.123)
  expect(hash({ ...OPTIONS, nasty: true })).toBe(first)
})

test('another seed gives other bodies', () => {
  expect(hash({ ...OPTIONS, seed: 8 })).not.toBe(hash(OPTIONS))
})

test('there are as many partnerships and messages as asked for', () => {
  const partnerships = new Set(
    ofType('partner_created').map(
      ({ claims, body }) => `${claims.company_uuid} ${parsePartnership(body).uuid}`,
    ),
  )
  const messages = new Set(ofType('message_created').map(({ body }) => parseMessage(body).uuid))
  expect(partnerships.size).toBe(50)
  expect(messages.size).toBe(500)
})

test.each(EVENT_TYPES)('%s comes, and each fits its schema', (eventType) => {
  const deliveries = ofType(eventType)
  expect(deliveries.length).toBeGreaterThan(0)
  for (const { body, claims } of deliveries) {
    expect(claims.event_id).toBe(eventType)
    expect(parseEventBody(eventType, JSON.parse(body))).toMatchObject({ ok: true })
  }
})

test('every custom field type comes with a value, and option ids are numbers and texts', () => {
  const fields = ofType('partner_created').flatMap(
    ({ body }) => parsePartnership(body).custom_fields,
  )
  const filled = new Set(fields.filter((field) => field.value).map((field) => field.type))
  expect([...filled].sort()).toEqual([...CUSTOM_FIELD_TYPES].sort())
  const raw = ofType('partner_created').map(({ body }) => body)
  expect(raw.some((body) => /"select":\d/.test(body))).toBe(true)
  expect(raw.some((body) => /"select":"/.test(body))).toBe(true)
})

test('contacts stand in all five places that are accepted', () => {
  const places = new Set(
    ofType('partner_contact_created').map(({ body }) => {
      const { partnership, ...rest } = JSON.parse(body) as Record<string, object>
      return partnership
        ? `partnership.${Object.keys(partnership)[1]}`
        : Object.keys(rest).find((key) => key !== 'configuration')
    }),
  )
  expect([...places].sort()).toEqual([
    'contact',
    'partner_contact',
    'partnership.contact',
    'partnership.contacts',
    'partnership_contact',
  ])
  for (const { body } of ofType('partner_contact_created')) {
    expect(parseContactEvent(body).contacts[0]?.partnership_uuid).toMatch(/^partnership_/)
  }
})

test('there are replies of replies, edits, deletions and attachments of several types', () => {
  const messages = new Map(
    ofType('message_created').map(({ body }) => [parseMessage(body).uuid, parseMessage(body)]),
  )
  const depth = (uuid: string | null): number =>
    uuid ? 1 + depth(messages.get(uuid)?.replied_to_message_uuid ?? null) : 0
  expect(Math.max(...[...messages.keys()].map(depth))).toBeGreaterThan(3)
  const mimeTypes = new Set(
    [...messages.values()].flatMap(({ attachments }) => attachments.map((item) => item.mime_type)),
  )
  expect(mimeTypes.size).toBeGreaterThan(4)
  expect(ofType('message_updated').length).toBeGreaterThan(40)
  expect(ofType('message_deleted').length).toBeGreaterThan(10)
})

test('duplicates repeat token and body of an earlier delivery', () => {
  const earlier = new Set<string>()
  let duplicates = 0
  for (const delivery of traffic) {
    const identity = JSON.stringify([delivery.iat, delivery.claims, delivery.body])
    const isRepeated = earlier.has(identity)
    expect(delivery.expected.outcome === 'duplicate').toBe(isRepeated)
    if (isRepeated) duplicates++
    earlier.add(identity)
  }
  expect(duplicates).toBeGreaterThan(5)
})

test('disorder is there and bounded', () => {
  const iats = traffic
    .filter(({ expected }) => expected.outcome !== 'duplicate')
    .map(({ iat }) => iat)
  const late = iats.filter((iat, index) => iats.slice(0, index).some((earlier) => earlier > iat))
  expect(late.length).toBeGreaterThan(10)
  iats.forEach((iat, index) => {
    expect(iats.slice(0, Math.max(0, index - 12)).filter((earlier) => earlier > iat)).toEqual([])
  })
})

test('some types are not supported, and say so', () => {
  const others = traffic.filter(({ eventType }) => !isEventType(eventType))
  expect(others.length).toBeGreaterThan(0)
  for (const { expected } of others) expect(expected.outcome).toBe('unsupported')
})

test('every address is under .example, which belongs to nobody', () => {
  for (const { body } of traffic) {
    for (const [, host] of body.matchAll(/(?:@|https?:\/\/)([\w.-]+)/g)) {
      expect(host).toMatch(/\.example$/)
    }
  }
})

test('messages without any partnership have a room all the same', () => {
  const alone = [...generateTraffic({ seed: 1, partnerships: 0, messages: 5 })]
  expect(alone.filter(({ eventType }) => eventType === 'partner_created')).toEqual([])
  expect(alone.some(({ eventType }) => eventType === 'message_created')).toBe(true)
})

function ofType(eventType: string): Delivery[] {
  return traffic.filter((delivery) => delivery.eventType === eventType)
}
