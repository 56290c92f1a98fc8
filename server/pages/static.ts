import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import sirv from 'sirv'

const prefix = '/_next/static/'
const compressible = /\.(m?js|css|json|svg|txt|map|wasm)$/
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Serves the built scripts, styles and fonts, whose names carry their hash: compressed beforehand, kept by browsers for
 * good. What is not there, and every other path, goes to `next`.
 */
export function serveStatic(folder: string, next: RequestListener): RequestListener {
  if (!existsSync(folder)) return next
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: 31_536_000,
    setHeaders: (response) => response.setHeader('x-content-type-options', 'nosniff'),
  })
  return (request, response) => {
    const { url = '' } = request
    if (!url.startsWith(prefix)) return next(request, response)
    request.url = url.slice(prefix.length - 1)
    serve(request, response, () => {
      request.url = url
      next(request, response)
    })
  }
}

/** Lays a brotli and a gzip file beside every file of a folder that gets smaller by it. Throws when it can't write. */
export async function compressStatic(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file) => {
      const data = readFileSync(file)
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: data.length }
      const [small, zipped] = await Promise.all([brotli(data, { params }), zip(data, { level: 9 })])
      if (small.length < data.length) writeFileSync(`${file}.br`, small)
      if (zipped.length < data.length) writeFileSync(`${file}.gz`, zipped)
    }),
  )
}
