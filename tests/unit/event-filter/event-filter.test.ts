import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidAddressError } from '@/lib/errors'
import { EVENT_STATUSES, EVERY_EVENT, type EventFilter } from '@/lib/event-filter/event-filter'
import {
  eventFilterFlags,
  filterOptions,
  readFilterFlags,
} from '@/lib/event-filter/event-filter-flags'
import { eventFilterJson, readEventFilterJson } from '@/lib/event-filter/event-filter-json'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter, readEventQuery } from '@/lib/event-filter/read-event-filter'
import { EventStatus } from '@/lib/generated/prisma/enums'

const text = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .map((value) => value.replaceAll('\u0000', '').trim())
  .filter((value) => value !== '' && value.length <= 200 && value.isWellFormed())

const list = <T>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(item, { maxLength: 4 }).map((items) => items.sort())

const moment = fc.integer({ min: 0, max: 253_402_300_799_999 })

const times: fc.Arbitrary<Pick<EventFilter, 'from' | 'to' | 'within'>> = fc.oneof(
  fc.constant({}),
  fc
    .tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('m', 'h', 'd', 'w'))
    .map(([count, unit]) => ({ within: `${count}${unit}` })),
  moment.map((ms) => ({ from: new Date(ms) })),
  moment.map((ms) => ({ to: new Date(ms) })),
  fc
    .tuple(moment, moment)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: new Date(Math.min(a, b)), to: new Date(Math.max(a, b)) })),
)

const filters: fc.Arbitrary<EventFilter> = fc
  .tuple(
    fc.record(
      {
        ids: list(fc.uuid()),
        types: list(text),
        statuses: fc.subarray([...EVENT_STATUSES]),
        company: text,
        partnership: text,
        room: text,
        contact: text,
        message: text,
        error: text,
        duplicate: fc.boolean(),
        text,
        q: text,
      },
      { requiredKeys: ['ids', 'types', 'statuses'] },
    ),
    times,
  )
  .map(([filter, span]) => ({ ...filter, ...span }))

describe('a filter of events', () => {
  test('knows the statuses of the log', () => {
    expect([...EVENT_STATUSES].sort()).toEqual(Object.values(EventStatus).sort())
  })

  test('is the same after it was in an address', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const address = eventFilterParams(filter).toString()
        const read = readEventFilter(new URLSearchParams(address))
        expect(read).toEqual(filter)
        expect(eventFilterParams(read).toString()).toBe(address)
        expect(readEventQuery(address)).toEqual(filter)
      }),
    )
  })

  test('is the same after it was stored with a run, whose times do not move', () => {
    const now = new Date('2026-11-22T08:00:00Z')
    fc.assert(
      fc.property(filters, (filter) => {
        const fixed = fixTimes(filter, now)
        expect(readEventFilterJson(JSON.parse(JSON.stringify(eventFilterJson(fixed))))).toEqual(
          fixed,
        )
      }),
    )
  })

  test('is the same after it was on a command line', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const { values } = parseArgs({ args: eventFilterFlags(filter), options: filterOptions })
        expect(readFilterFlags(values)).toEqual(filter)
      }),
    )
  })
})

describe('what is handed to an action', () => {
  test('means every event only when nothing at all is chosen', () => {
    expect(readEventQuery('')).toEqual(EVERY_EVENT)
  })

  test.each([
    [null],
    [undefined],
    [12],
    [{}],
    [['type=a']],
    ['bogus'],
    ['type='],
    ['type=a&status='],
  ])('is refused when it is %j', (query) => {
    expect(() => readEventQuery(query)).toThrow(InvalidAddressError)
  })
})

describe('an address', () => {
  const read = (query: string) => readEventFilter(new URLSearchParams(query), ['after'])

  test('without filters means every event', () => {
    expect(read('')).toEqual(EVERY_EVENT)
    expect(read('type=&status=&after=abc')).toEqual(EVERY_EVENT)
  })

  test('may name several types and statuses, in any order', () => {
    expect(read('type=b&type=a&status=failed&status=pending')).toEqual({
      ids: [],
      types: ['a', 'b'],
      statuses: ['pending', 'failed'],
    })
  })

  test.each([
    ['tpye', 'Events can’t be filtered by “tpye”.'],
    ['tpye=message_created', 'Events can’t be filtered by “tpye”.'],
    ['__proto__=x', 'Events can’t be filtered by “__proto__”.'],
    ['constructor=x', 'Events can’t be filtered by “constructor”.'],
    ['toString=x', 'Events can’t be filtered by “toString”.'],
    ['status=lost', 'There is no status “lost”.'],
    ['status=failed&status=lost', 'There is no status “lost”.'],
    ['duplicate=true', '“duplicate” can be yes or no; nothing else.'],
    ['within=2y', '“within” must be a span'],
    ['within=0h', '“within” must be a span'],
    ['within=2h&from=2026-11-22', 'no other time goes with it'],
    ['from=yesterday', '“from” must be a time'],
    ['from=2026-02-30', '“from” must be a time'],
    ['from=0000-01-01', '“from” must be a time'],
    ['from=2026-11-22&to=2026-11-22', '“from” must be before “to”.'],
    ['ids=1', '“ids” must be ids of events.'],
    ['partnership=a&partnership=b', '“partnership” is given more than once.'],
    ['text=%00', '“text” holds a character that is not text.'],
    [`text=${'a'.repeat(201)}`, '“text” is longer than 200 characters.'],
    [
      Array.from({ length: 51 }, (_, index) => `type=t${index}`).join('&'),
      '“type” can be given 50 times at most.',
    ],
  ])('that says %s is refused', (query, sentence) => {
    expect(() => read(query)).toThrow(InvalidAddressError)
    expect(() => read(query)).toThrow(sentence)
  })
})

describe('a stored filter', () => {
  test.each([
    { json: null },
    { json: 'type=a' },
    { json: [] },
    { json: { tpye: ['a'] } },
    { json: { type: 'a' } },
    { json: { type: [1] } },
    { json: { within: ['2h'] } },
  ])('that is $json is refused', ({ json }) => {
    expect(() => readEventFilterJson(json)).toThrow(InvalidAddressError)
  })
})

describe('a command line', () => {
  const read = (...args: string[]) =>
    readFilterFlags(parseArgs({ args, options: filterOptions }).values)

  test('takes spans and times for --since', () => {
    expect(read('--since', '2h', '--type', 'message_created')).toEqual({
      ids: [],
      types: ['message_created'],
      statuses: [],
      within: '2h',
    })
    expect(read('--since', '2026-11-22T08:00Z').from).toEqual(new Date('2026-11-22T08:00:00Z'))
  })

  test.each([
    [['--type', ''], '--type is empty.'],
    [['--about', ' '], '--about is empty.'],
    [['--since', 'soon'], '“--since” must be a time'],
    [['--since', '2h', '--until', '2026-11-22'], '--since must be a time when --until is given.'],
    [['--since', '2026-11-23', '--until', '2026-11-22'], '“--since” must be before “--until”.'],
    [['--room', 'a', '--room', 'b'], '“--room” is given more than once.'],
  ])('with %j is refused', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence)
  })
})

test('a span that is none never means every event', () => {
  expect(() => fixTimes({ ...EVERY_EVENT, within: 'long' }, new Date())).toThrow(
    InvalidAddressError,
  )
})
