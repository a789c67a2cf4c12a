/** How many of a file's first bytes `sniffType` looks at. */
export const SNIFFED_BYTES = 4_096

/** Types that a browser shows without running anything. Everything else is a download. */
export const SHOWN_INLINE = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
] as const

/** What a file is by its first bytes; 'application/octet-stream' for all that is not known here. */
export type SniffedType = (typeof SHOWN_INLINE)[number] | 'text/plain' | 'application/octet-stream'

// What no text holds: control characters other than tab, line feed, form feed, return and escape.
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/

/**
 * The type of a file by its first bytes (WHATWG MIME Sniffing, 6.1 and 7). What its sender calls it counts for
 * nothing. HTML and SVG are text like any other.
 */
export function sniffType(start: Buffer): SniffedType {
  if (startsWith(start, 0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(start, 0, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(start, 0, 'GIF87a') || startsWith(start, 0, 'GIF89a')) return 'image/gif'
  if (startsWith(start, 0, 'RIFF') && startsWith(start, 8, 'WEBPVP')) return 'image/webp'
  if (startsWith(start, 4, 'ftypavif') || startsWith(start, 4, 'ftypavis')) return 'image/avif'
  if (startsWith(start, 0, '%PDF-')) return 'application/pdf'
  return isText(start) ? 'text/plain' : 'application/octet-stream'
}

function startsWith(bytes: Buffer, offset: number, latin: string): boolean {
  return bytes.subarray(offset, offset + latin.length).equals(Buffer.from(latin, 'latin1'))
}

function isText(start: Buffer): boolean {
  try {
    // A character that the cut has halved is none that is wrong.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return !CONTROLS.test(text)
  } catch {
    return false
  }
}
