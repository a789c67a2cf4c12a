/**
 * A text from outside as an address that may be opened; null when it is none, not http or https, or has a
 * user name: "https://bank.example@evil.example/" reads as the one and leads to the other.
 */
export function webAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && url.username === '' && url.password === '' ? url : null
}
