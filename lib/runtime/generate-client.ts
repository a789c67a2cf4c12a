import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashFiles, PROJECT_ROOT } from './project-files'
import { runNode } from './run-program'
import { StartError } from './start-error'

const STAMP = path.join(PROJECT_ROOT, 'lib/generated/source.sha256')

/**
 * Generates the Prisma client when the schema, or Prisma, has changed since it was last done.
 *
 * @returns Whether there was anything to do.
 * @throws StartError with Prisma's own words.
 */
export async function generateClient(): Promise<boolean> {
  const source = await hashFiles([
    'prisma/schema.prisma',
    'prisma.config.ts',
    'node_modules/prisma/package.json',
  ])
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === source) return false
  const { code, output } = await runNode(['node_modules/prisma/build/index.js', 'generate'], {
    // Nothing here needs the schema engine, but without this Prisma tries to download it. Any program
    // that exists will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  })
  if (code !== 0)
    throw new StartError(`The Prisma client could not be generated:\n${output.trim()}`)
  await writeFile(STAMP, source)
  return true
}
