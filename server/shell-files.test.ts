import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { shellFiles } from './shell-files.ts'

const built = mkdtempSync(path.join(tmpdir(), 'dagsorden-shell-'))
afterEach(() => rmSync(built, { recursive: true, force: true }))

function build(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(built, file)), { recursive: true })
    writeFileSync(path.join(built, file), text)
  }
}

const manifest = 'server/app/(public)/offline/page_client-reference-manifest.js'

test('the shell needs what its manifest names, and what that names in turn', () => {
  build({
    [manifest]: '{"chunks":["/_next/static/chunks/page.js"],"css":["static/chunks/page.css"]}',
    'build-manifest.json': '{"rootMainFiles":["static/chunks/main.js"]}',
    'static/chunks/main.js': '',
    'static/chunks/page.js': 'later(["static/chunks/later.js"])',
    'static/chunks/later.js': 'back("static/chunks/page.js"), gone("static/chunks/gone.js")',
    'static/chunks/page.css':
      '@font-face{src:url(../media/inter-latin-ext.a1.woff2)}@font-face{src:url("../media/inter-greek-wght.b2.woff2")}',
    'static/media/inter-latin-ext.a1.woff2': '',
    'static/media/inter-greek-wght.b2.woff2': '',
    'static/chunks/editor.js': '',
  })
  expect(shellFiles(built)).toEqual(
    [
      'chunks/later.js',
      'chunks/main.js',
      'chunks/page.css',
      'chunks/page.js',
      'media/inter-latin-ext.a1.woff2',
    ].map((file) => `/_next/static/${file}`),
  )
})

test('a build without a shell is refused rather than shipped', () => {
  build({ [manifest]: '{}', 'build-manifest.json': '{}' })
  expect(() => shellFiles(built)).toThrow('The shell has no script.')
})
