import { db } from '@/lib/db'

export type Health = {
  status: 'ok' | 'unavailable'
  database: 'ok' | 'unavailable'
  /** Seconds since the process started. */
  uptime: number
}

const TIMEOUT_MS = 2_000

let underWay: Promise<boolean> | undefined

/** Whether the process and its database answer; within two seconds in any case. */
export async function checkHealth(): Promise<Health> {
  // Shared, so that asking often does not use up the connections of a database that hangs.
  underWay ??= askDatabase().finally(() => {
    underWay = undefined
  })
  const answers = await withinTime(underWay)
  return {
    status: answers ? 'ok' : 'unavailable',
    database: answers ? 'ok' : 'unavailable',
    uptime: Math.floor(process.uptime()),
  }
}

async function askDatabase(): Promise<boolean> {
  try {
    await db().$queryRaw`SELECT 1`
    return true
  } catch {
    return false
  }
}

async function withinTime(answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TIMEOUT_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
