import { spawn } from 'node:child_process'
import { processVariables, type Variables } from '@/lib/env'
import { PROJECT_ROOT } from './project-files'

/**
 * Runs one of the project's own tools with the Node that runs us, and collects what it prints.
 *
 * @param args The script, relative to the project, and its arguments.
 * @param variables Added to the environment.
 * @param stop Ends the program early; the promise is rejected then.
 * @returns The exit code (null when a signal ended it) and both output streams as one text.
 */
export function runNode(
  args: string[],
  variables: Variables = {},
  stop?: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_ROOT,
      env: processVariables(variables),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stop,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
