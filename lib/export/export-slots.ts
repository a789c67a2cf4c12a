// Each holds a database connection for as long as it takes, and the pages need some too.
const AT_ONCE = 2

const holder = globalThis as unknown as { waggleExports?: { running: number } }

/** Takes one of the places for exports of this process. Null when all are taken; else gives it back. */
export function takeExportSlot(): (() => void) | null {
  const slots = (holder.waggleExports ??= { running: 0 })
  if (slots.running >= AT_ONCE) return null
  slots.running++
  let given = false
  return () => {
    if (!given) slots.running--
    given = true
  }
}
