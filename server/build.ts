import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build as bundle } from 'esbuild'
import { z } from 'zod'
import { childEnvironment } from '@/lib/env.ts'
import { generateClient } from '@/prisma/generate.ts'
import { StartRefusal } from '@/prisma/refusal.ts'
import { projectRoot } from '@/prisma/root.ts'
import { compressStatic } from './pages/static.ts'
import { bundledWorker } from './pages/worker.ts'
import { shellFiles } from './shell-files.ts'

const outFolder = path.join(projectRoot, '.build')
const stampFile = path.join(outFolder, 'sources')
const sources = ['app', 'components', 'lib', 'prisma', 'public', 'server', 'proxy.ts']
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'next.config.ts']

/** The bundled process, made by `build`. */
export const bundledMain = path.join(outFolder, 'main.js')

/** Builds the database client, the pages and the process, unless nothing changed since the last build. */
export async function buildWhenChanged(say: (line: string) => void): Promise<void> {
  const stamp = hashSources()
  if (existsSync(bundledMain) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('Building (the first time, and when sources changed) …')
  rmSync(stampFile, { force: true })
  await build()
  // Next writes into the folder it builds from, so what was built is what stood there before.
  writeFileSync(stampFile, stamp)
}

/** Builds everything, changed or not. */
export async function build(): Promise<void> {
  mkdirSync(outFolder, { recursive: true })
  generateClient()
  await buildPages()
  layPdfParts()
  await compressStatic(path.join(projectRoot, '.next/static'))
  await bundleWorker()
  await bundlePrograms({ main: 'server/main.ts', pages: 'server/pages/process.ts' }, outFolder)
}

/** Lays what pdf.js needs beside itself among the built files, under its version: browsers keep those for good. */
function layPdfParts(): void {
  const from = path.join(projectRoot, 'node_modules/pdfjs-dist')
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8')))
  const to = path.join(projectRoot, `.next/static/pdf-${version}`)
  for (const part of ['standard_fonts', 'cmaps', 'wasm', 'iccs'])
    cpSync(path.join(from, part), path.join(to, part), { recursive: true })
  cpSync(path.join(from, 'legacy/build/pdf.worker.min.mjs'), path.join(to, 'build/pdf.worker.min.mjs'))
}

/** Bundles programs, by name and source file, and the threads they may start, into a folder. */
export async function bundlePrograms(programs: Record<string, string>, outdir: string): Promise<void> {
  await bundle({
    absWorkingDir: projectRoot,
    // Each process and each thread is a file of its own.
    entryPoints: {
      ...programs,
      'embedded-thread': 'prisma/embedded/thread.ts',
      'work-thread': 'server/threads/thread.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

/** Bundles the service worker, with the names of the files its shell is made of. */
async function bundleWorker(): Promise<void> {
  const pages = path.join(projectRoot, '.next')
  await bundle({
    absWorkingDir: projectRoot,
    entryPoints: ['components/offline/worker.ts'],
    outfile: bundledWorker,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    define: {
      shellFiles: JSON.stringify(shellFiles(pages).map((url) => ({ url, revision: null }))),
      buildId: JSON.stringify(readFileSync(path.join(pages, 'BUILD_ID'), 'utf8')),
    },
    logLevel: 'warning',
  })
}

/** SHA-256 in hex over the names and contents of all sources and the Node version. */
export function hashSources(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of [...settings, ...sources.flatMap(filesUnder)]) {
    const full = path.join(projectRoot, file)
    if (existsSync(full)) hash.update(`\0${file}\0`).update(readFileSync(full))
  }
  return hash.digest('hex')
}

function filesUnder(name: string): string[] {
  const full = path.join(projectRoot, name)
  if (!existsSync(full) || path.extname(name)) return [name]
  const files = readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
  const isSource = (file: string) =>
    !file.startsWith(path.join('prisma', 'client')) &&
    !/\.test\.tsx?$|[\\/]testing[\\/]|^server[\\/]bench[\\/]/.test(file)
  return files.filter(isSource).sort()
}

function buildPages(): Promise<void> {
  const next = path.join(projectRoot, 'node_modules/next/dist/bin/next')
  const env = childEnvironment({ NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' })
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, 'build'], {
      cwd: projectRoot,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StartRefusal(`The pages could not be built.\n${output}`)),
    )
  })
}
