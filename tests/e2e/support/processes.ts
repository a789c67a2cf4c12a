import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 25

/** The process numbers of everything that a process has started, and of what those have started. */
export function descendantsOf(pid: number): number[] {
  const parents = process.platform === 'linux' ? parentsFromProc() : parentsFromPs()
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

/** The process that projects for an app. Its loader may have started others beside it. */
export function projectorOf(pid: number): number {
  const projector = descendantsOf(pid).find((each) => commandOf(each).includes('projector-worker'))
  if (projector === undefined) throw new Error('The app has no projector.')
  return projector
}

/** Resolves when none of these processes exists any more. The test's own time limit ends the wait. */
export async function untilGone(pids: number[]): Promise<void> {
  while (pids.some(exists)) await delay(POLL_MS)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // One that has ended stays in the list until its parent has asked for its exit code.
  return process.platform !== 'linux' || stateOf(pid)?.state !== 'Z'
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function parentsFromProc(): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return new Map(pids.map((pid) => [Number(pid), stateOf(Number(pid))?.parent ?? 0]))
}

// proc(5): "pid (name) state ppid …", and the name may contain anything.
function stateOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: state!, parent: Number(parent) }
  } catch {
    return undefined
  }
}

function parentsFromPs(): Map<number, number> {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]))
}
