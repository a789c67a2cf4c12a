import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupMessages } from '@/components/rooms/group-messages'

function message(time: string, author: string | null) {
  return { createdAt: new Date(time), author: author === null ? null : { uuid: author } }
}

test('messages are grouped by UTC day and within a day by who wrote them in a row', () => {
  const days = groupMessages([
    message('2026-11-21T23:59:59.999Z', 'ada'),
    message('2026-11-22T00:00:00.000Z', 'ada'),
    message('2026-11-22T00:01:00.000Z', 'ada'),
    message('2026-11-22T00:02:00.000Z', 'bob'),
    message('2026-11-22T00:03:00.000Z', 'ada'),
  ])
  expect(days.map((day) => day.day)).toEqual(['2026-11-21', '2026-11-22'])
  expect(days[1]?.start).toEqual(new Date('2026-11-22T00:00:00.000Z'))
  const runs = days.map((day) => day.runs.map((run) => run.messages.length))
  expect(runs).toEqual([[1], [2, 1, 1]])
})

test('after a quarter of an hour the author is named again', () => {
  const [day] = groupMessages([
    message('2026-11-22T10:00:00Z', 'ada'),
    message('2026-11-22T10:15:00Z', 'ada'),
    message('2026-11-22T10:30:01Z', 'ada'),
  ])
  expect(day?.runs.map((run) => run.messages.length)).toEqual([2, 1])
})

test('messages without an author are not taken for the same one', () => {
  const [day] = groupMessages([
    message('2026-11-22T10:00:00Z', null),
    message('2026-11-22T10:00:00Z', null),
  ])
  expect(day?.runs).toHaveLength(2)
})

test('no message is lost, added or moved', () => {
  const anyMessage = fc.record({
    createdAt: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    author: fc.option(fc.record({ uuid: fc.constantFrom('ada', 'bob') })),
  })
  fc.assert(
    fc.property(fc.array(anyMessage), (messages) => {
      messages.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      const days = groupMessages(messages)
      expect(days.flatMap((day) => day.runs.flatMap((run) => run.messages))).toEqual(messages)
      expect(new Set(days.map((day) => day.day)).size).toBe(days.length)
    }),
  )
})
