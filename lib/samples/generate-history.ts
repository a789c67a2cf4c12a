import { UNSUPPORTED_TYPES } from './catalogue'
import { UNSUPPORTED, type Delivery } from './delivery'
import { claimsOf, makeCompany, type SampleCompany } from './sample-company'
import { changeContact, makeContact, type SampleContact } from './sample-contact'
import { contactDelivery, messageDelivery, partnershipDeliveries } from './sample-deliveries'
import {
  deleteMessage,
  editMessage,
  makeMessage,
  makeRoom,
  type SampleMessage,
  type SampleRoom,
} from './sample-message'
import { changePartnership, makePartnership, type SamplePartnership } from './sample-partnership'
import { createSampleSource, type SampleSource } from './sample-source'

type HistoryOptions = { seed: number; partnerships: number; messages: number }

const SPAN_MS = 28 * 86_400_000
const COMPANY_NAMES = ['Waggle Sample Company', 'Second Sample Company']
const MIN_FOR_TWO_COMPANIES = 10
const SHARED_PARTNER_PROBABILITY = 0.04
const SECOND_ROOM_PROBABILITY = 0.25

type Kind =
  | 'partnership'
  | 'partnershipUpdate'
  | 'contact'
  | 'contactUpdate'
  | 'message'
  | 'edit'
  | 'deletion'
  | 'unsupported'

type World = {
  source: SampleSource
  companies: SampleCompany[]
  partnerships: SamplePartnership[]
  contacts: SampleContact[]
  rooms: SampleRoom[]
  remaining: Map<Kind, number>
}

/** The history in the order in which it happened, over four weeks until `now` (milliseconds since 1970). */
export function* generateHistory(options: HistoryOptions, now: number): Generator<Delivery> {
  const world = makeWorld(options, now)
  const total = [...world.remaining.values()].reduce((sum, count) => sum + count, 0)
  for (let step = 0; ; step++) {
    const kind = chooseKind(world)
    if (!kind) return
    const progress = Math.min(1, (step + world.source.faker.number.float()) / total)
    yield* STEPS[kind](world, Math.floor(now - SPAN_MS + SPAN_MS * progress))
  }
}

function makeWorld({ seed, partnerships, messages }: HistoryOptions, now: number): World {
  const source = createSampleSource(seed, now)
  const names = partnerships < MIN_FOR_TWO_COMPANIES ? COMPANY_NAMES.slice(0, 1) : COMPANY_NAMES
  const companies = names.map((name) => makeCompany(source, name))
  const world: World = {
    source,
    companies,
    partnerships: [],
    contacts: [],
    rooms: [],
    remaining: new Map<Kind, number>([
      ['partnership', partnerships],
      ['partnershipUpdate', Math.round(partnerships * 1.5)],
      ['contact', partnerships * 2],
      ['contactUpdate', Math.round(partnerships * 0.8)],
      ['message', messages],
      ['edit', Math.round(messages * 0.12)],
      ['deletion', Math.round(messages * 0.04)],
      ['unsupported', Math.ceil((partnerships + messages) / 60)],
    ]),
  }
  // Rooms without a partnership event: its page says "not received yet".
  if (partnerships === 0) addPartnership(world, now)
  return world
}

// By what is still to come, so that all kinds run out together; partnerships come early.
function chooseKind({ source, remaining, partnerships }: World): Kind | null {
  if (partnerships.length === 0) return 'partnership'
  let sum = 0
  for (const [kind, count] of remaining) sum += weight(kind, count)
  if (sum === 0) return null
  let at = source.faker.number.float() * sum
  for (const [kind, count] of remaining) {
    at -= weight(kind, count)
    if (count > 0 && at <= 0) return kind
  }
  return [...remaining].find(([, count]) => count > 0)?.[0] ?? null
}

function weight(kind: Kind, count: number): number {
  return kind === 'partnership' ? count * 4 : count
}

const STEPS: Record<Kind, (world: World, at: number) => Iterable<Delivery>> = {
  *partnership(world, at) {
    take(world, 'partnership')
    yield* partnershipDeliveries(addPartnership(world, at), 'partner_created', at)
  },
  *partnershipUpdate(world, at) {
    take(world, 'partnershipUpdate')
    const partnership = world.source.pick(world.partnerships)
    changePartnership(world.source, partnership, at)
    yield* partnershipDeliveries(partnership, 'partner_updated', at)
  },
  *contact(world, at) {
    take(world, 'contact')
    const id = world.contacts.length + 1
    const contact = makeContact(world.source, world.source.pick(world.partnerships), id, at)
    world.contacts.push(contact)
    yield contactDelivery(world.source, contact, 'partner_contact_created', at)
  },
  *contactUpdate(world, at) {
    take(world, 'contactUpdate')
    if (world.contacts.length === 0) return
    const contact = world.source.pick(world.contacts)
    changeContact(world.source, contact, at)
    yield contactDelivery(world.source, contact, 'partner_contact_updated', at)
  },
  *message(world, at) {
    take(world, 'message')
    const message = makeMessage(world.source, world.source.pick(world.rooms), at)
    yield messageDelivery(message, 'message_created', at)
  },
  *edit(world, at) {
    take(world, 'edit')
    const message = findMessage(world)
    if (!message) return
    editMessage(world.source, message, at)
    yield messageDelivery(message, 'message_updated', at)
  },
  *deletion(world, at) {
    take(world, 'deletion')
    const message = findMessage(world)
    if (!message) return
    deleteMessage(message, at)
    yield messageDelivery(message, 'message_deleted', at)
  },
  *unsupported(world, at) {
    take(world, 'unsupported')
    const { source } = world
    const company = source.pick(world.companies)
    const eventType = source.pick(UNSUPPORTED_TYPES)
    const subject = eventType.startsWith('lead') ? 'lead' : 'deal'
    const name = `${source.faker.company.name()} (sample)`
    yield {
      eventType,
      claims: claimsOf(company, source.pick(company.users).uuid, eventType),
      iat: Math.floor(at / 1000),
      body: JSON.stringify({ [subject]: { uuid: source.uuid(subject), name }, configuration: [] }),
      expected: UNSUPPORTED,
    }
  },
}

function take(world: World, kind: Kind): void {
  world.remaining.set(kind, Math.max(0, (world.remaining.get(kind) ?? 0) - 1))
}

function addPartnership(world: World, at: number): SamplePartnership {
  const { source, companies } = world
  const [main, second] = companies
  if (!main) throw new Error('There is no sample company.')
  const shared =
    second &&
    (world.remaining.get('partnership') ?? 0) > 0 &&
    source.chance(SHARED_PARTNER_PROBABILITY)
  if (shared) take(world, 'partnership')
  const number = world.partnerships.length + 1
  const partnership = makePartnership(source, main, shared ? second : null, number, at)
  world.partnerships.push(partnership)
  world.rooms.push(makeRoom(source, partnership))
  if (source.chance(SECOND_ROOM_PROBABILITY)) world.rooms.push(makeRoom(source, partnership))
  return partnership
}

function findMessage({ source, rooms }: World): SampleMessage | null {
  // A few tries: most rooms have a message that still stands; where none has, the step is dropped.
  for (let tries = 0; tries < 8; tries++) {
    const room = source.pick(rooms)
    const standing = room.recent.filter((message) => !message.deleted)
    if (standing.length > 0) return source.pick(standing)
  }
  return null
}
