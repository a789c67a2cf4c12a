import { startWaggle } from '@/lib/runtime/start-waggle'
import { EnvironmentError } from '@/lib/env'
import { MigrationError } from '@/lib/runtime/migrate'
import { StartError } from '@/lib/runtime/start-error'
import { surviveClosedOutput } from '@/lib/runtime/survive-closed-output'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'

// `npm start`. Exit code 0 after a stop that was asked for, 1 when the start failed.
process.chdir(PROJECT_ROOT)
surviveClosedOutput()
requireNode()

const stopRequest = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopRequest.abort())
}

// A page that fails where nobody awaits it must not end the receiver.
process.on('unhandledRejection', (reason) => {
  // Loaded as late as this: the log takes its level when it is loaded, and .env has not been read yet.
  void import('@/lib/log').then(({ log }) =>
    log.error({ err: reason }, 'a promise was rejected and nobody looked'),
  )
})

try {
  await startWaggle(process.stdout, stopRequest.signal)
  process.exit(0)
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exit(1)
}

function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  process.stderr.write(`Waggle needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError) return `The settings are not right. ${error.message}`
  if (error instanceof StartError || error instanceof MigrationError) return error.message
  // Nobody foresaw this one: the stack is what there is to go by.
  return `Waggle could not start: ${error instanceof Error ? error.stack : String(error)}`
}
