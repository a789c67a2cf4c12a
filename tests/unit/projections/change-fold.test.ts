import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Changes } from '@/lib/projections/changes'
import { ChangeFold } from '@/lib/projections/change-fold'
import { projectEvent } from '@/lib/projections/project-event'
import { arbitraryHistory } from '../../support/arbitrary-history'
import type { TestEvent } from '../../support/insert-events'

describe('folding', () => {
  test('does not depend on the order of the events, nor on how often each stands in the batch', () => {
    const batches = projectedHistory().chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length }),
      ),
    )
    fc.assert(
      fc.property(batches, ([list, disordered]) => {
        const missing = list.filter((changes) => !disordered.includes(changes))
        expect(comparable(foldChanges([...disordered, ...missing]))).toEqual(
          comparable(foldChanges(list)),
        )
      }),
    )
  })

  test('does not depend on how the events are cut into batches', () => {
    fc.assert(
      fc.property(projectedHistory(), fc.nat({ max: 24 }), (list, cut) => {
        const parts = [foldChanges(list.slice(0, cut)), foldChanges(list.slice(cut))]
        expect(comparable(foldChanges(parts))).toEqual(comparable(foldChanges(list)))
      }),
    )
  })

  test('leaves one row an entity', () => {
    fc.assert(
      fc.property(projectedHistory(), (list) => {
        for (const rows of Object.values(comparable(foldChanges(list)))) {
          expect(new Set(rows.map(([key]) => key)).size).toBe(rows.length)
        }
      }),
    )
  })
})

function foldChanges(list: Changes[]): Changes {
  const fold = new ChangeFold()
  for (const changes of list) fold.add(changes)
  return fold.result()
}

function projectedHistory(): fc.Arbitrary<Changes[]> {
  return arbitraryHistory().map((events) => events.map(project))
}

function project(event: TestEvent, index: number): Changes {
  const result = projectEvent({
    seq: BigInt(index + 1),
    id: `event_${index}`,
    eventType: event.eventType,
    companyUuid: event.companyUuid ?? 'company_1',
    userUuid: 'user_1',
    body: JSON.stringify(event.body),
    tokenIat: event.tokenIat ?? null,
    receivedAt: event.receivedAt ?? new Date(0),
  })
  if (!result.ok) throw new Error(result.message)
  return result.changes
}

/** Each table's rows, sorted by their keys. */
function comparable(changes: Changes): Record<string, (readonly [string, unknown])[]> {
  return Object.fromEntries(
    Object.entries(changes).map(([table, rows]) => [
      table,
      rows
        .map((row) => [keyOf(row), row] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    ]),
  )
}

function keyOf(row: Changes[keyof Changes][number]): string {
  return 'uuid' in row
    ? JSON.stringify([row.companyUuid, row.uuid])
    : JSON.stringify([row.companyUuid, row.sectionId, row.settingId])
}
