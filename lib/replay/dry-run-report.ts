import type { EventStatus } from '@/lib/generated/prisma/enums'
import type { RowChange, TableCounts } from '@/lib/read-model/compare-shadow'

export type { RowChange, TableCounts }

/** How many events go from one status to another. Statuses and attempts are not part of the read model. */
export type StatusChange = { from: EventStatus; to: EventStatus; events: number }

/** An event that would not be projected, and why. */
export type ForetoldFailure = {
  id: string
  eventType: string
  outcome: 'failed' | 'invalid' | 'unsupported'
  code: string
  message: string
}

/** An event that would change nothing, as a newer one has written what it is about. */
export type ForetoldSuperseded = {
  id: string
  eventType: string
  subject: { table: 'partnership' | 'contact' | 'message'; companyUuid: string; uuid: string }
  /** The event that stands there; null when the log has none of that number. */
  byId: string | null
}

/** What a run would do. Lists are cut; counts are of everything. */
export type DryRunReport = {
  events: number
  /** The events that would change a row, and those that would change nothing. */
  changing: number
  unchanging: number
  failing: number
  statuses: StatusChange[]
  tables: TableCounts[]
  /** Of the first events of the selection only: see `examined`. */
  superseded: ForetoldSuperseded[]
  failures: ForetoldFailure[]
  /** How many of the events, from the first one, were examined for what supersedes them. */
  examined: number
  /** How many rows were handed on as they would change; `tables` counts them all. */
  rowsShown: number
}
