import { webAddress } from '@/components/ui/web-address'

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
  const url = webAddress(text)
  return url ? { state: 'open', href: url.href, host: url.host } : { state: 'refused' }
}
