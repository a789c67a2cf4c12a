import type { HourlyVolume } from '@/lib/queries/fill-hours'

/** The parts of a bar, from the bottom up. Each differs from its neighbours by 3:1 or is told apart by the legend. */
export const VOLUME_SERIES = [
  { key: 'accepted', label: 'Accepted', color: 'var(--accent-solid)' },
  { key: 'duplicate', label: 'Duplicate', color: 'var(--border-strong)' },
  { key: 'unsupported', label: 'Unsupported', color: 'var(--info)' },
  { key: 'invalid', label: 'Invalid', color: 'var(--danger)' },
] as const satisfies { key: keyof HourlyVolume; label: string; color: string }[]
