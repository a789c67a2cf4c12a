import { InvalidAddressError } from '@/lib/errors'

// Between encoded parts, none of which holds it.
export const SEPARATOR = '~'

/** A text as a part of an address: without separators. */
export function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(SEPARATOR, '%7E')
}

/** @throws InvalidAddressError when it is not the encoding of a text that could be stored. */
export function decodePart(part: string): string {
  let text: string
  try {
    text = decodeURIComponent(part)
  } catch {
    throw new InvalidAddressError('This address holds a “%” that encodes nothing.')
  }
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new InvalidAddressError('This address holds a character that is not text.')
  }
  return text
}
