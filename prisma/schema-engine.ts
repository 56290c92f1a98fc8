import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import { projectRoot } from './root.ts'

/** Prisma's schema engine as WebAssembly: no binary to download, and it speaks through our driver adapter. */
export type SchemaEngine = engineModule.SchemaEngine

const schemaPath = path.join(projectRoot, 'prisma/schema.prisma')
let started: Promise<void> | null = null

/** The schema as the engine wants it: path and text. */
export async function readSchema(): Promise<{ path: string; content: string }> {
  return { path: schemaPath, content: await readFile(schemaPath, 'utf8') }
}

/** Runs `work` with the engine on a database, and closes every connection the engine opened. */
export async function withSchemaEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  started ??= start()
  await started
  const opened: SqlDriverAdapter[] = []
  const counted: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect()
      opened.push(adapter)
      return adapter
    },
  }
  const bound = bindMigrationAwareSqlAdapterFactory(counted)
  try {
    const { path: file, content } = await readSchema()
    const options = { datamodels: [[file, content] satisfies [string, string]] }
    const engine = await engineModule.SchemaEngine.new(options, () => undefined, bound)
    return await work(engine).finally(() => engine.free())
  } finally {
    for (const adapter of opened) await adapter.dispose()
  }
}

// The package's own entry imports the .wasm file as a module, which Node can't; so it is put together here.
async function start(): Promise<void> {
  const require = createRequire(import.meta.url)
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engineModule } })
  engineModule.__wbg_set_wasm(instance.exports)
  const begin = instance.exports.__wbindgen_start
  if (typeof begin === 'function') begin()
}
