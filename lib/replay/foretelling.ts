import { Prisma, type Transaction } from '@/lib/db'
import type { EventFailure } from '@/lib/event-log/mark-events'
import type { PickedEvent } from '@/lib/event-log/pick-events'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { eventSubjects, type EventSubject } from '@/lib/projections/event-subjects'
import { projectEvent } from '@/lib/projections/project-event'
import type { DryRunReport, ForetoldSuperseded, StatusChange, TableCounts } from './dry-run-report'

const MOST_EXAMINED = 1_000
const MOST_LISTED = 100

type Examined = { seq: bigint; id: string; eventType: string; subject: EventSubject }

/** Gathers what a dry run finds out, batch by batch; bounded, whatever the number of events. */
export class Foretelling {
  events = 0
  private changing = 0
  private failing = 0
  private examinedEvents = 0
  private readonly statuses = new Map<string, StatusChange>()
  private readonly failures: EventFailure[] = []
  private readonly examined: Examined[] = []

  /** Notes what the first events are about, to find out afterwards which others stand there. */
  examine(events: StoredEvent[]): void {
    for (const event of events.slice(0, MOST_EXAMINED - this.examinedEvents)) {
      this.examinedEvents++
      const projected = projectEvent(event)
      if (!projected.ok) continue
      for (const subject of eventSubjects(projected.changes)) {
        this.examined.push({ seq: event.seq, id: event.id, eventType: event.eventType, subject })
      }
    }
  }

  /** Adds what came of a batch. */
  add(picked: PickedEvent[], result: { failures: EventFailure[]; changed: Set<bigint> }): void {
    const outcomes = new Map<bigint, EventStatus>(
      result.failures.map(({ seq, outcome }) => [seq, outcome]),
    )
    for (const { seq, status } of picked) {
      const to = outcomes.get(seq) ?? 'applied'
      const key = `${status} ${to}`
      const known = this.statuses.get(key) ?? { from: status, to, events: 0 }
      this.statuses.set(key, { ...known, events: known.events + 1 })
    }
    this.events += picked.length
    this.changing += result.changed.size
    this.failing += result.failures.length
    this.failures.push(...result.failures.slice(0, MOST_LISTED - this.failures.length))
  }

  /** What all of it comes to; the temporary tables tell which events stand where. */
  async report(tx: Transaction, tables: TableCounts[], rows: number): Promise<DryRunReport> {
    const all = tables.reduce((sum, table) => sum + table.added + table.changed + table.removed, 0)
    const failures = await this.nameFailures(tx)
    return {
      events: this.events,
      changing: this.changing,
      unchanging: this.events - this.failing - this.changing,
      failing: this.failing,
      statuses: [...this.statuses.values()],
      tables,
      superseded: await this.findSuperseded(tx),
      failures,
      examined: this.examinedEvents,
      rowsShown: Math.min(all, rows),
    }
  }

  private async nameFailures(tx: Transaction): Promise<DryRunReport['failures']> {
    const rows = await tx.$queryRaw<{ seq: bigint; id: string; eventType: string }[]>`
      SELECT seq, id::text, event_type AS "eventType" FROM webhook_event
      WHERE seq = ANY(${this.failures.map(({ seq }) => seq)}::bigint[])`
    const events = new Map(rows.map((row) => [row.seq, row]))
    return this.failures.flatMap(({ seq, outcome, code, message }) => {
      const event = events.get(seq)
      return event ? { id: event.id, eventType: event.eventType, outcome, code, message } : []
    })
  }

  // An event with several subjects is superseded when it stands at none of them.
  private async findSuperseded(tx: Transaction): Promise<ForetoldSuperseded[]> {
    const writers = new Map<Examined, bigint>()
    for (const [table, writer] of SUBJECTS) {
      const of = this.examined.filter(
        ({ subject }) => subject.table === table && subject.writer === writer,
      )
      const found = await readWriters(tx, table, writer, of)
      for (const [index, seq] of found) writers.set(of[index] as Examined, seq)
    }
    const lost = new Map<bigint, { examined: Examined; by: bigint }>()
    const standing = new Set<bigint>()
    for (const [examined, by] of writers) {
      if (by === examined.seq) standing.add(examined.seq)
      else if (!lost.has(examined.seq)) lost.set(examined.seq, { examined, by })
    }
    const superseded = [...lost.values()]
      .filter(({ examined }) => !standing.has(examined.seq))
      .sort((a, b) => Number(a.examined.seq - b.examined.seq))
      .slice(0, MOST_LISTED)
    const rows = await tx.$queryRaw<{ seq: bigint; id: string }[]>`
      SELECT seq, id::text FROM webhook_event
      WHERE seq = ANY(${superseded.map(({ by }) => by)}::bigint[])`
    const ids = new Map(rows.map(({ seq, id }) => [seq, id]))
    return superseded.map(({ examined: { id, eventType, subject }, by }) => ({
      id,
      eventType,
      subject: { table: subject.table, companyUuid: subject.companyUuid, uuid: subject.uuid },
      byId: ids.get(by) ?? null,
    }))
  }
}

const SUBJECTS: readonly (readonly [EventSubject['table'], EventSubject['writer']])[] = [
  ['partnership', 'event_seq'],
  ['contact', 'event_seq'],
  ['message', 'event_seq'],
  ['message', 'deleted_event_seq'],
]

/** Which event stands at each of the subjects, by their place in the list. */
async function readWriters(
  tx: Transaction,
  table: EventSubject['table'],
  writer: EventSubject['writer'],
  examined: Examined[],
): Promise<[number, bigint][]> {
  if (examined.length === 0) return []
  const keys = examined.map(({ subject }, index) => ({
    index,
    company_uuid: subject.companyUuid,
    uuid: subject.uuid,
  }))
  const rows = await tx.$queryRaw<{ index: number; seq: bigint }[]>`
    SELECT x.index, t.${Prisma.raw(writer)} AS seq
    FROM json_to_recordset(${JSON.stringify(keys)}::json)
      AS x(index int, company_uuid text, uuid text)
    JOIN ${Prisma.raw(table)} t ON t.company_uuid = x.company_uuid AND t.uuid = x.uuid
    WHERE t.${Prisma.raw(writer)} IS NOT NULL`
  return rows.map(({ index, seq }) => [index, seq])
}
