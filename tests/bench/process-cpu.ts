import { readFile } from 'node:fs/promises'

// USER_HZ: what /proc counts in, on every Linux of today.
const TICKS_A_SECOND = 100

/**
 * CPU seconds that a process and everything below it have taken so far, what has ended included; 0 where the system does
 * not tell (it is read from /proc) or the process is gone.
 */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // After the name, which may hold anything: utime, stime, and both of the children that have ended.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
  const below = await Promise.all((await childrenOf(pid)).map(cpuSeconds))
  return below.reduce((sum, seconds) => sum + seconds, own / TICKS_A_SECOND)
}

/** The process that started one; 0 where the system does not tell. */
export async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

/** The processes that one has started and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return children.split(' ').filter(Boolean).map(Number)
}
