import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the shell's manifest lies in what Next has built. */
const shell = 'server/app/(public)/offline/page_client-reference-manifest.js'

const named = /static\/(?:chunks|media|css)\/[\w.~/-]+\.(?:js|css|woff2)/g
const besides = /url\(["']?\.\.\/(media\/[\w.~-]+\.woff2)/g

/** Letters of other scripts; without a net their glyphs come from the system. */
const isForeign = /-(cyrillic|greek|vietnamese)(-ext)?-/

/**
 * The addresses of all files the shell needs, from a folder of what Next has built: those its manifest names, and those
 * they name in turn, also by an import that comes later. Throws when there is no such shell.
 */
export function shellFiles(built: string): string[] {
  const found = new Set<string>()
  const first = [shell, 'build-manifest.json'].flatMap((file) =>
    namedIn(readFileSync(path.join(built, file), 'utf8')),
  )
  for (const files = first; files.length > 0; ) {
    const file = files.pop() ?? ''
    if (found.has(file) || isForeign.test(file) || !existsSync(path.join(built, file))) continue
    found.add(file)
    if (!file.endsWith('.woff2')) files.push(...namedIn(readFileSync(path.join(built, file), 'utf8')))
  }
  if (![...found].some((file) => file.endsWith('.js'))) throw new Error('The shell has no script.')
  return [...found].sort().map((file) => `/_next/${file}`)
}

function namedIn(text: string): string[] {
  const fonts = [...text.matchAll(besides)].map(([, file]) => `static/${file}`)
  return [...(text.match(named) ?? []), ...fonts]
}
