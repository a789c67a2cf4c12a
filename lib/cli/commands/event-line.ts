import type { EventRow } from '@/lib/queries/list-events'
import { printableText } from './printable-text'

const TYPE_WIDTH = 23

/** The heads of the columns of `eventLine`. */
export const EVENT_HEADS = `${'RECEIVED (UTC)'.padEnd(19)}  ${'STATUS'.padEnd(11)}  ${'TYPE'.padEnd(TYPE_WIDTH)}  ${'ID'.padEnd(36)}  ABOUT`

/** An event as a line of a table; cut to the terminal's width, where a person reads it. */
export function eventLine(event: EventRow, width: number = Infinity): string {
  const about = event.messageUuid ?? event.contactUuid ?? event.roomUuid ?? event.partnershipUuid
  const line = [
    event.receivedAt.toISOString().slice(0, 19).replace('T', ' '),
    event.status.padEnd(11),
    printableText(event.eventType).padEnd(TYPE_WIDTH),
    event.id,
    printableText([about, event.errorCode].filter(Boolean).join(' · ')),
  ].join('  ')
  return line.length > width ? `${line.slice(0, Math.max(1, width - 1))}…` : line
}
