// journeybee.md, Identifiers
const MAX_ID_LENGTH = 200

/** An id in a path, decoded; null when it is none that could have been stored. */
export function decodeSegment(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment)
    return id.length <= MAX_ID_LENGTH && !id.includes('\u0000') ? id : null
  } catch {
    return null
  }
}
