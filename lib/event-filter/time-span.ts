const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/**
 * The length of a span such as `90m`, `2h`, `7d` or `4w`, in milliseconds; null when it is none. Nothing is
 * longer than 9,999 of a unit.
 */
export function spanMs(text: string): number | null {
  const [, count, unit] = /^([1-9]\d{0,3})([mhdw])$/.exec(text) ?? []
  return count && unit ? Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS] : null
}
