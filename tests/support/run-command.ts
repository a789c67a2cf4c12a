import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { actingAs } from '@/lib/auth/current-user'
import type { Command, ExitCode, Terminal } from '@/lib/cli/commands/command'
import { processVariables } from '@/lib/env'

const ADMINISTRATOR = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

/** A terminal that nobody sits at, and what was written to it. */
export function quietTerminal(changes: Partial<Terminal> = {}) {
  const written = { out: '', err: '' }
  const terminal: Terminal = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    isTerminal: false,
    width: 80,
    stop: new AbortController().signal,
    ...changes,
  }
  return { written, terminal }
}

/** Runs a command in this process, in the name of the administrator; resolves with what it wrote and ended with. */
export async function runCommand(
  command: Command,
  args: string[],
  changes: Partial<Terminal> = {},
): Promise<{ out: string; err: string; exitCode: ExitCode }> {
  const { written, terminal } = quietTerminal(changes)
  const exitCode = await actingAs(ADMINISTRATOR, () => command.prepare(args)(terminal))
  return { ...written, exitCode }
}

/** The program itself, in a process of its own, on the database of the test. */
export type Program = {
  child: ChildProcess
  written: { out: string; err: string }
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  ended: Promise<number | string>
}

/** Starts `npm run waggle -- …`, without npm. */
export function startProgram(args: string[], variables: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/waggle.ts', ...args], {
    env: processVariables(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = { out: '', err: '' }
  child.stdout.on('data', (bytes: Buffer) => (written.out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (written.err += bytes.toString()))
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  return { child, written, ended }
}
