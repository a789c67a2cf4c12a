import { InvalidAddressError } from '@/lib/errors'
import type { EventFilter, FixedEventFilter } from './event-filter'
import { spanMs } from './time-span'

/**
 * The filter as it stands at a moment: a span before now becomes the time at which it begins.
 *
 * @throws InvalidAddressError when its span is none.
 */
export function fixTimes({ within, ...filter }: EventFilter, now: Date): FixedEventFilter {
  if (within === undefined) return filter
  const ms = spanMs(within)
  if (ms === null) throw new InvalidAddressError(`“${within}” is no span of time.`)
  return { ...filter, from: new Date(Math.max(0, now.getTime() - ms)) }
}
