import type { BadgeTone } from '@/components/ui/badge'
import type { ShownState } from '@/lib/queries/redelivery/list-deliveries'
import type { RedeliveryRow } from '@/lib/queries/redelivery/list-redeliveries'

type Look = { tone: BadgeTone; label: string; meaning: string }

/** How the status of a run looks, and what it means. */
export const RUN_STATUS: Record<RedeliveryRow['status'], Look> = {
  running: { tone: 'blue', label: 'Running', meaning: 'Events are on their way.' },
  paused: { tone: 'amber', label: 'Paused', meaning: 'Nothing is sent until somebody resumes it.' },
  cancelled: {
    tone: 'neutral',
    label: 'Cancelled',
    meaning: 'What had not been sent by then is not sent.',
  },
  finished: { tone: 'green', label: 'Finished', meaning: 'Every event is delivered or dead.' },
}

/** How the state of a delivery looks, and what it means. */
export const DELIVERY_STATE: Record<ShownState, Look> = {
  waiting: { tone: 'neutral', label: 'Waiting', meaning: 'Its turn has not come.' },
  sending: { tone: 'blue', label: 'Sending', meaning: 'It is on its way.' },
  retrying: {
    tone: 'amber',
    label: 'Retrying',
    meaning: 'It failed and is tried again by itself.',
  },
  delivered: {
    tone: 'green',
    label: 'Delivered',
    meaning: 'The receiver has accepted it; it is never sent again.',
  },
  dead: {
    tone: 'red',
    label: 'Dead',
    meaning: 'It failed for good, or too often. It can be sent again by hand.',
  },
  cancelled: {
    tone: 'neutral',
    label: 'Cancelled',
    meaning: 'The run was cancelled before it was delivered.',
  },
}
