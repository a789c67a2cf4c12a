// The palette and the key help live in one place of the page and are opened from several.
const OPEN_PALETTE = 'waggle:open-palette'
const OPEN_KEY_HELP = 'waggle:open-key-help'

export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE))
}

export function openKeyHelp(): void {
  window.dispatchEvent(new Event(OPEN_KEY_HELP))
}

/** Calls back until the returned function is called. */
export function onOpenRequests(handlers: { palette: () => void; keyHelp: () => void }) {
  window.addEventListener(OPEN_PALETTE, handlers.palette)
  window.addEventListener(OPEN_KEY_HELP, handlers.keyHelp)
  return () => {
    window.removeEventListener(OPEN_PALETTE, handlers.palette)
    window.removeEventListener(OPEN_KEY_HELP, handlers.keyHelp)
  }
}
