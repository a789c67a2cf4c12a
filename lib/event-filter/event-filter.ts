/** The statuses of the log, in the order in which people are offered them. */
export const EVENT_STATUSES = [
  'pending',
  'applied',
  'failed',
  'invalid',
  'unsupported',
  'duplicate',
] as const

export type EventStatusName = (typeof EVENT_STATUSES)[number]

/**
 * Which events of the log are meant. What is absent, and an empty list, asks for nothing; everything else
 * must hold, of a list any one. Ids are opaque text.
 */
export type EventFilter = {
  /** Events by their own ids: a selection. */
  ids: string[]
  types: string[]
  statuses: EventStatusName[]
  company?: string
  partnership?: string
  room?: string
  contact?: string
  message?: string
  /** The code of what went wrong (`webhook_event.error_code`), exactly. */
  error?: string
  /** Whether it repeats an earlier delivery. */
  duplicate?: boolean
  /** Received at this moment or later. */
  from?: Date
  /** Received before this moment. */
  to?: Date
  /** Received within this span before now, as `2h`; never together with `from` or `to`. */
  within?: string
  /**
   * A part of the body, as it was sent or as it reads; upper and lower case are the same. Bodies of deleted messages
   * are not looked into.
   */
  text?: string
  /** The id of an event, or of a partnership, room, contact or message that it is about, exactly. */
  q?: string
}

/** A filter that means the same events whenever it is read: its times do not move. */
export type FixedEventFilter = EventFilter & { within?: undefined }

/** The filter that every event passes. */
export const EVERY_EVENT: FixedEventFilter = { ids: [], types: [], statuses: [] }

/** Of a selection by ids: as many as an address can carry. */
export const MAX_IDS = 200
