/** What tells rows of the read model apart: the company that sent it, and JourneyBee's id. */
export type RecordKey = { companyUuid: string; uuid: string }

// Ids are opaque text of up to 200 characters: "/", "?", "#" and ".." may be in them.
function segment(id: string): string {
  // A browser resolves "." and ".." away, even percent-encoded; no address can name such an id.
  return encodeURIComponent(id)
}

function recordHref(folder: string, { companyUuid, uuid }: RecordKey): string {
  return `/${folder}/${segment(uuid)}?company=${encodeURIComponent(companyUuid)}`
}

export function partnershipHref(key: RecordKey): string {
  return recordHref('partnerships', key)
}

/** A tab of a partnership's page: its history, or how it stood at an event (the newest version without one). */
export function partnershipTabHref(
  key: RecordKey,
  tab: 'overview' | 'activity' | 'as-of',
  params: Record<string, string | undefined> = {},
): string {
  const query = new URLSearchParams(tab === 'overview' || params.asOf ? {} : { tab })
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value)
  return [partnershipHref(key), query.toString()].filter(Boolean).join('&')
}

/**
 * The possible duplicates among a company's partnerships.
 *
 * @param from The first of the companies that are offered there.
 */
export function duplicatesHref(companyUuid?: string, from?: string): string {
  return listHref('/duplicates', { company: companyUuid, from })
}

/** All partnerships of a company that share a value. */
export function duplicatesOfKeyHref(companyUuid: string, key: string): string {
  return listHref('/duplicates', { company: companyUuid, group: key })
}

export function contactHref(key: RecordKey): string {
  return recordHref('contacts', key)
}

export function customFieldHref(key: RecordKey): string {
  return recordHref('custom-fields', key)
}

export function roomHref(key: RecordKey): string {
  return recordHref('rooms', key)
}

/** The element id of a message in its room's page: what `messageHref` points at. */
export function messageAnchor(uuid: string): string {
  return `message-${uuid}`
}

export function messageHref(key: { companyUuid: string; roomUuid: string; uuid: string }): string {
  const room = roomHref({ companyUuid: key.companyUuid, uuid: key.roomUuid })
  return `${room}&message=${encodeURIComponent(key.uuid)}#${encodeURIComponent(messageAnchor(key.uuid))}`
}

export type AttachmentKey = { companyUuid: string; messageUuid: string; uuid: string }

/** Where a file is served: to save, to look at (images, PDFs) or to read the beginning of (text). */
export function attachmentHref(
  { companyUuid, messageUuid, uuid }: AttachmentKey,
  use: 'download' | 'preview' | 'text' = 'download',
): string {
  const query = new URLSearchParams({ company: companyUuid, message: messageUuid })
  if (use !== 'download') query.set('as', use)
  return `/api/attachments/${segment(uuid)}?${query}`
}

export function eventHref(id: string): string {
  return `/events/${segment(id)}`
}

/** The page of a dry run or a replay. */
export function replayHref(id: string): string {
  return `/replays/${segment(id)}`
}

/** Where a replay of the events of a filter (lib/event-filter) is begun, with a dry run. */
export function newReplayHref(filter: URLSearchParams): string {
  const query = filter.toString()
  return query ? `/replays/new?${query}` : '/replays/new'
}

/** A list's address with filters; empty ones are left out. */
export function listHref(path: string, filters: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) if (value) params.set(name, value)
  const query = params.toString()
  return query ? `${path}?${query}` : path
}

/** The element id of the part of the settings where a rebuild and a check are begun: what `UPKEEP_HREF` points at. */
export const UPKEEP_ANCHOR = 'upkeep'
export const UPKEEP_HREF = `/settings#${UPKEEP_ANCHOR}`

export function destinationHref(id: string): string {
  return `/destinations/${segment(id)}`
}

export function redeliveryHref(id: string): string {
  return `/redeliveries/${segment(id)}`
}

/** One event's delivery in a run. */
export function deliveryHref(runId: string, eventId: string): string {
  return `${redeliveryHref(runId)}/${segment(eventId)}`
}

/** Where the events of a filter (lib/event-filter) are sent elsewhere. */
export function newRedeliveryHref(filter: URLSearchParams): string {
  const query = filter.toString()
  return query ? `/redeliveries/new?${query}` : '/redeliveries/new'
}
