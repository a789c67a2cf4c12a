import type { BadgeTone } from '@/components/ui/badge'
import type { ReplayRunDetail } from '@/lib/queries/get-replay-run'

export const RUN_KINDS: Record<ReplayRunDetail['kind'], string> = {
  replay: 'Replay',
  dry_run: 'Dry run',
  rebuild: 'Rebuild',
  parity: 'Check of parity',
}

export const RUN_STATUS: Record<ReplayRunDetail['status'], { label: string; tone: BadgeTone }> = {
  queued: { label: 'Waiting', tone: 'blue' },
  running: { label: 'Running', tone: 'blue' },
  paused: { label: 'Paused', tone: 'amber' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  finished: { label: 'Finished', tone: 'green' },
  failed: { label: 'Broke off', tone: 'red' },
}

/** What the tables of the read model are called. */
export const TABLE_NAMES: Record<string, string> = {
  partnership: 'Partnerships',
  partnership_total: 'Totals of partnerships',
  custom_field: 'Custom fields',
  custom_field_value: 'Values of custom fields',
  contact: 'Contacts',
  room: 'Rooms',
  message: 'Messages',
  attachment: 'Attachments',
  author: 'Authors',
  integration_setting: 'Settings of the integration',
}

/** A length of time as a person says it: the two largest units. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
