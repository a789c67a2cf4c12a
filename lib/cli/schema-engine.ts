import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm/schema_engine_bg'

type Glue = {
  SchemaEngine: typeof SchemaEngine
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void
}

const SCHEMA_PATH = path.resolve('prisma/schema.prisma')

export const NO_FILTER: SchemaFilter = { externalTables: [], externalEnums: [] }

// The package's own entry imports the .wasm file as an ES module, which needs a bundler. Node wants it
// instantiated by hand, so that nothing has to be downloaded (Prisma's CLI fetches a native engine).
async function loadEngineClass(): Promise<typeof SchemaEngine> {
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Glue
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  })
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return glue.SchemaEngine
}

/**
 * Runs `work` with Prisma's schema engine (WebAssembly, in this process) on a database.
 *
 * @param databaseUrl A `postgres://` connection string.
 * @throws Whatever the engine reports: connection and migration errors.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const Engine = await loadEngineClass()
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: databaseUrl }),
  )
  const datamodel = await readFile(SCHEMA_PATH, 'utf8')
  const engine = await Engine.new({ datamodels: [[SCHEMA_PATH, datamodel]] }, () => {}, adapter)
  try {
    return await work(engine)
  } finally {
    engine.free()
  }
}

/** The Prisma schema as the schema engine wants it. */
export async function readSchema() {
  return { files: [{ path: SCHEMA_PATH, content: await readFile(SCHEMA_PATH, 'utf8') }] }
}
