import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NO_FILTER, readSchema, withSchemaEngine } from '@/lib/cli/schema-engine'

// For developers: writes the SQL between the committed prisma/schema.prisma and the one in the work
// tree into a new migration folder, to be read and mended by hand before it is committed. It compares
// schema with schema, not with a database: the engine can't describe a PostgreSQL 18 yet.
const [name, databaseUrl] = process.argv.slice(2)
if (!name || !databaseUrl) {
  process.stderr.write('Usage: npm run migration -- <name> <postgres://… of any database>\n')
  process.exit(2)
}

function committedSchema() {
  try {
    const content = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return {
      tag: 'schemaDatamodel' as const,
      files: [{ path: 'prisma/committed.prisma', content }],
    }
  } catch {
    return { tag: 'empty' as const }
  }
}

const script = await withSchemaEngine(databaseUrl, async (engine) => {
  const { stdout } = await engine.diff({
    from: committedSchema(),
    to: { tag: 'schemaDatamodel', ...(await readSchema()) },
    script: true,
    exitCode: null,
    filters: NO_FILTER,
  })
  return stdout
})
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const directory = path.resolve('prisma/migrations', `${stamp}_${name}`)
await mkdir(directory)
await writeFile(path.join(directory, 'migration.sql'), script ?? '')
process.stdout.write(`${path.relative('.', directory)}/migration.sql\n`)
