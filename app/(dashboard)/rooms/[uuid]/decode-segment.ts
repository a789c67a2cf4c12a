/** An id in a path, decoded; null when it is none that could have been stored. */
export function decodeSegment(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment)
    return id.length <= 200 && !id.includes('\u0000') ? id : null
  } catch {
    return null
  }
}
