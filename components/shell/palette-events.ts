// The palette lives in one place of the page and is opened from several.
const OPEN_PALETTE = 'waggle:open-palette'

export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE))
}

/** Calls back until the returned function is called. */
export function onOpenPalette(open: () => void) {
  window.addEventListener(OPEN_PALETTE, open)
  return () => window.removeEventListener(OPEN_PALETTE, open)
}
