const HIDDEN = '[not shown: the message was deleted]'
const MAX_DEPTH = 64

// What a body says of a message apart from what was written in it (seed: message-events, Webhook Payload Schema).
const SHOWN = new Set([
  'uuid',
  'room_uuid',
  'replied_to_message_uuid',
  'partnership_uuid',
  'partner_type',
  'created_at',
  'updated_at',
  'created_by_user_uuid',
  'created_by_user_email',
  'created_by_user_first_name',
  'created_by_user_last_name',
  'created_by_user_company_uuid',
  'created_by_user_company_name',
  'mime_type',
])

/**
 * The body of a message's event without what was written in the message: every text in it is replaced but for ids,
 * times, names of the author and types. Names that the contract does not know may hold the text as well.
 *
 * @returns Null when the body can't be read as JSON.
 */
export function hideMessageText(body: string): string | null {
  try {
    return JSON.stringify(hidden(JSON.parse(body), null, 0))
  } catch {
    return null
  }
}

function hidden(value: unknown, name: string | null, depth: number): unknown {
  if (name === 'content' && value !== null) return HIDDEN
  if (typeof value === 'string') return name !== null && SHOWN.has(name) ? value : HIDDEN
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) return HIDDEN
  // A list under a name that is shown is no id.
  if (Array.isArray(value)) return value.map((item) => hidden(item, null, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hidden(item, key, depth + 1)]),
  )
}
