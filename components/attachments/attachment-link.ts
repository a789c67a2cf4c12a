/** Where an attachment's link leads. Only http and https are opened; everything else says why not. */
export type AttachmentLink =
  { state: 'open'; href: string; host: string } | { state: 'missing' } | { state: 'refused' }

/**
 * @param fileUrl As it was sent; null when there was none.
 * @param urlTooLong There was one, too long to be handed on.
 */
export function attachmentLink(fileUrl: string | null, urlTooLong: boolean): AttachmentLink {
  if (urlTooLong) return { state: 'refused' }
  const text = fileUrl?.trim()
  if (!text) return { state: 'missing' }
  if (!URL.canParse(text)) return { state: 'refused' }
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  // "https://journeybee.io@evil.example/" opens evil.example.
  if (!isWeb || url.username !== '' || url.password !== '') return { state: 'refused' }
  return { state: 'open', href: url.href, host: url.host }
}
