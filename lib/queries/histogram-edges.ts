const BINS = 12
const DAY_MS = 86_400_000
const STEPS = [1, 2, 2.5, 5, 10]
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000, 24_000]

/**
 * Round numbers that cut a range into some twelve bins: the first is not above `low`, the last is above
 * `high`. A bin goes from its edge to just before the next one. One edge when there is nothing to cut.
 *
 * @param whole All numbers are whole ones: no bin is narrower than 1.
 */
export function numberEdges(low: number, high: number, whole: boolean): number[] {
  const wanted = Math.max((high - low) / BINS, whole ? 1 : 0)
  if (!(wanted > 0) || !Number.isFinite(wanted)) return low < high ? [low, 0] : [low]
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = STEPS.map((digit) => digit * power).find((round) => round >= wanted * 0.999)!
  const width = whole ? Math.ceil(step) : step
  const first = Math.floor(low / width)
  const last = Math.floor(high / width)
  const edges = Array.from({ length: last - first + 2 }, (_, n) =>
    // Without the dust of binary fractions: 0.30000000000000004.
    Number(((first + n) * width).toPrecision(12)),
  )
  return ascending(edges)
}

/** The same for moments: edges are UTC midnights, of days, weeks, months or years. */
export function dateEdges(low: Date, high: Date): Date[] {
  const days = (high.getTime() - low.getTime()) / DAY_MS
  const step = days <= BINS ? 1 : days <= 7 * BINS ? 7 : null
  if (step !== null) {
    // From a Monday on: 5 January 1970 was one.
    const offset = step === 7 ? 4 : 0
    const first = Math.floor((low.getTime() / DAY_MS - offset) / step)
    const last = Math.floor((high.getTime() / DAY_MS - offset) / step)
    return Array.from(
      { length: last - first + 2 },
      (_, n) => new Date(((first + n) * step + offset) * DAY_MS),
    )
  }
  const from = monthsOf(low)
  const to = monthsOf(high)
  const months = MONTH_STEPS.find((each) => (to - from) / each <= BINS + 4) ?? 24_000
  const first = Math.floor(from / months)
  const last = Math.floor(to / months)
  const edges = Array.from({ length: last - first + 2 }, (_, n) =>
    startOfMonth((first + n) * months),
  )
  // After the last year that can be written there is no edge, nor a date beyond it.
  return edges.filter((edge) => edge.getUTCFullYear() <= 9999)
}

function monthsOf(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

// Not Date.UTC, which takes the years 0 to 99 for those of the 20th century; and there is no year 0 in Postgres.
function startOfMonth(months: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(Math.floor(months / 12), months % 12, 1)
  return date.getUTCFullYear() < 1 ? new Date('0001-01-01T00:00:00.000Z') : date
}

function ascending(edges: number[]): number[] {
  return edges.filter((edge, index) => index === 0 || edge > edges[index - 1]!)
}
