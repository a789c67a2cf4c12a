import { readFile } from 'node:fs/promises'
import { childrenOf } from './process-cpu'

/** Resident memory of a process in MiB; 0 where the system does not tell (it is read from /proc). */
export async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** Resident memory of the largest of a process's children, in MiB; 0 where the system does not tell. */
export async function childMemory(pid: number): Promise<number> {
  const sizes = await Promise.all((await childrenOf(pid)).map(residentMemory))
  return Math.max(0, ...sizes)
}
