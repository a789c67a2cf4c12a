// Shortcuts of one printable key can be switched off (WCAG 2.2, 2.1.4): speech input types such keys.
const STORAGE_KEY = 'waggle-single-keys'

/** Whether shortcuts of one key are on in this browser. They are unless somebody switched them off. */
export function singleKeysEnabled(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

export function enableSingleKeys(enabled: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, enabled ? 'on' : 'off')
  } catch {
    // Storage may be blocked: then the choice lasts as long as the page.
  }
}

/** Whether a key pressed there is text, or belongs to a dialog that is open. */
export function isTypingTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  return target.closest('input, textarea, select, [role="dialog"], dialog') !== null
}
