import type { FilterField } from '@/lib/event-filter/filter-fields'

/** What the fields of a filter are called. */
export const FILTER_LABELS: Record<FilterField, string> = {
  q: 'About',
  ids: 'Event',
  type: 'Type',
  status: 'Status',
  company: 'Company',
  partnership: 'Partnership',
  room: 'Room',
  contact: 'Contact',
  message: 'Message',
  error: 'Error',
  duplicate: 'Duplicate',
  within: 'Received in the last',
  from: 'Received from',
  to: 'Received before',
  text: 'Body contains',
}

/** The spans that are offered; an address may name any other. */
export const OFFERED_SPANS = [
  ['15m', '15 minutes'],
  ['1h', 'hour'],
  ['24h', '24 hours'],
  ['7d', '7 days'],
  ['30d', '30 days'],
] as const

/** What is said instead of a number that would have taken longer than somebody waits for a page. */
export const UNCOUNTED = 'More than can be counted while you wait; the run counts them exactly.'
