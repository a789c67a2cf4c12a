import { FetchError } from './fetch-error'

/** How many fetches one process has open at once. */
export const MAX_OPEN = 16

let open = 0

/**
 * Takes one of the places for fetches. There is no queue: whoever finds none comes back later.
 *
 * @returns What gives the place back; calling it again does nothing.
 * @throws FetchError `busy` when all are taken.
 */
export function takeSlot(): () => void {
  if (open >= MAX_OPEN) {
    throw new FetchError('busy', 'Too many files are being fetched at once; try again in a moment.')
  }
  open++
  let held = true
  return () => {
    if (held) open--
    held = false
  }
}
