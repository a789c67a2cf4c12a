import type { BadgeTone } from '@/components/ui/badge'
import type { EventRow } from '@/lib/queries/list-events'

export type Status = EventRow['status']

/** How a status looks, and a plain sentence of what it means. */
export const EVENT_STATUS: Record<Status, { tone: BadgeTone; label: string; meaning: string }> = {
  pending: {
    tone: 'blue',
    label: 'Pending',
    meaning: 'Stored and acknowledged; the projector has not come to it yet.',
  },
  applied: {
    tone: 'green',
    label: 'Applied',
    meaning: 'Stored, and what it says has been taken into the pages. Newer state wins.',
  },
  failed: {
    tone: 'red',
    label: 'Failed',
    meaning:
      'Stored, but it could not be projected, so the pages do not show what it says. Nothing is lost: replay it once the cause is gone.',
  },
  unsupported: {
    tone: 'neutral',
    label: 'Unsupported',
    meaning:
      'Authentic and stored, but of a type that this version of Waggle does not project. It can be replayed once it does.',
  },
  invalid: {
    tone: 'amber',
    label: 'Invalid',
    meaning:
      'Authentic and stored, but its body does not fit the schema of its type, so the pages do not show it.',
  },
  duplicate: {
    tone: 'neutral',
    label: 'Duplicate',
    meaning:
      'The same token and the same body arrived before. It is stored and linked to that event, and not projected again.',
  },
}
