import { formatDate, formatNumber } from '@/lib/format'
import type { DistributionBar } from '@/lib/queries/field-distribution'

const DAY_MS = 86_400_000

/** What a bar of a distribution stands for, as one line of text. */
export function barLabel(bar: DistributionBar): string {
  if ('text' in bar) return bar.text.trim() === '' ? 'Blank' : bar.text
  if ('boolean' in bar) return bar.boolean ? 'Yes' : 'No'
  if ('option' in bar) return bar.label?.trim() || bar.option
  if ('fromDay' in bar) return daysLabel(bar.fromDay, bar.belowDay)
  return numbersLabel(bar.from, bar.below, bar.whole)
}

function numbersLabel(from: number | null, below: number | null, whole: boolean): string {
  if (from === null) return below === null ? 'All' : `below ${formatNumber(below)}`
  if (below === null) return `${formatNumber(from)} and more`
  if (!whole) return `${formatNumber(from)} – ${formatNumber(below)}`
  return below - from <= 1
    ? formatNumber(from)
    : `${formatNumber(from)} – ${formatNumber(below - 1)}`
}

function daysLabel(from: Date | null, below: Date | null): string {
  if (from === null) return below === null ? 'All' : `before ${dayLabel(below)}`
  if (below === null) return `${dayLabel(from)} and later`
  const last = new Date(below.getTime() - DAY_MS)
  if (isYearStart(from) && isYearStart(below)) {
    const [first, end] = [from.getUTCFullYear(), last.getUTCFullYear()]
    return first === end ? String(first) : `${first} – ${end}`
  }
  if (from.getUTCDate() === 1 && below.getUTCDate() === 1) {
    const [first, end] = [monthLabel(from), monthLabel(last)]
    return first === end ? first : `${first} – ${end}`
  }
  return last > from ? `${dayLabel(from)} – ${dayLabel(last)}` : dayLabel(from)
}

function isYearStart(day: Date): boolean {
  return day.getUTCMonth() === 0 && day.getUTCDate() === 1
}

function dayLabel(day: Date): string {
  return formatDate(day, 'UTC')
}

function monthLabel(day: Date): string {
  return dayLabel(day).replace(/^\d+ /, '')
}
