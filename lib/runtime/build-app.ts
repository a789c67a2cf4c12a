import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashFiles, PROJECT_ROOT } from './project-files'
import { runNode } from './run-program'
import { StartError } from './start-error'

const STAMP = path.join(PROJECT_ROOT, '.next/waggle-sources.sha256')

// Everything that can change what `next build` makes.
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'prisma/schema.prisma',
  'next.config.js',
  'postcss.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** The state of the sources; equal to what `buildApp` left behind when the build is up to date. */
export function hashSources(): Promise<string> {
  return hashFiles(SOURCES, ['lib/generated'])
}

/** Whether the build was made from the sources as they are now. */
export async function isBuilt(): Promise<boolean> {
  return (await readFile(STAMP, 'utf8').catch(() => '')) === (await hashSources())
}

/**
 * Builds the app for production. The stamp that makes the build valid goes before and comes back after
 * it, so that a build which is killed half-way counts as none.
 *
 * @throws StartError with the end of what the build printed.
 */
export async function buildApp(stop?: AbortSignal): Promise<void> {
  const sources = await hashSources()
  await rm(STAMP, { force: true })
  const { code, output } = await runNode(
    ['node_modules/next/dist/bin/next', 'build'],
    { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stop,
  )
  if (code !== 0) {
    const end = output.trim().split('\n').slice(-30).join('\n')
    throw new StartError(`The app could not be built:\n${end}`)
  }
  await writeFile(STAMP, sources)
}
