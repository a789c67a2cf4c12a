// What is waited for takes a connection and a core each.
const AT_ONCE = 2

type Turns = { free: number; waiting: (() => void)[] }

const holder = globalThis as unknown as { waggleCorrections?: Turns }

/**
 * Does something that takes all a core has, two of it at a time in the process.
 *
 * @returns Null when it would not be its turn within so many milliseconds.
 */
export async function inTurn<Answer>(
  patienceMs: number,
  work: () => Promise<Answer>,
): Promise<Answer | null> {
  const turns = (holder.waggleCorrections ??= { free: AT_ONCE, waiting: [] })
  if (!(await isOurTurn(turns, patienceMs))) return null
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.free += 1
  }
}

async function isOurTurn(turns: Turns, patienceMs: number): Promise<boolean> {
  if (turns.free > 0) {
    turns.free -= 1
    return true
  }
  return new Promise((resolve) => {
    const begin = () => {
      clearTimeout(end)
      resolve(true)
    }
    const end = setTimeout(() => {
      turns.waiting = turns.waiting.filter((other) => other !== begin)
      resolve(false)
    }, patienceMs)
    turns.waiting.push(begin)
  })
}
