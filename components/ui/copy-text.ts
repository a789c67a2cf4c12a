/**
 * Puts a text on the clipboard. The clipboard API is missing on plain http except on localhost, where a
 * self-hosted Waggle may well run.
 *
 * @throws when the browser does not allow it.
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  // A dialog takes the focus back from whatever lies outside of it.
  const place = document.querySelector('[role="dialog"]') ?? document.body
  place.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (!done) throw new Error('The browser did not copy.')
}
