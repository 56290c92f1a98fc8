import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/** A thread's file as it stands among the sources, and its name beside the bundled process. */
export type ThreadFile = { source: URL; bundled: string }

// A thread does not inherit the loader its process reads sources with.
const loadSource = `
const { workerData: { loader, source, given } } = require('node:worker_threads')
require('node:worker_threads').workerData = given
import(loader).then(({ tsImport }) => tsImport(source, source))
`

/** Starts a thread, from the bundle or, where this process runs from sources, from its source. */
export function startThread({ source, bundled, ...options }: ThreadFile & WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(bundled, import.meta.url), options)
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))
  const loader = new URL('dist/esm/api/index.mjs', tsx).href
  const workerData: unknown = { loader, source: source.href, given: options.workerData }
  return new Worker(loadSource, { ...options, eval: true, workerData })
}
