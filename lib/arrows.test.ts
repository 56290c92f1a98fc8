import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Arrow, arrows, type Source } from './arrows.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['app', 'components', 'lib', 'prisma', 'server', 'e2e']
const sources = folders.flatMap(sourcesUnder)

describe('No file draws a forbidden arrow:', () => {
  test.each(arrows)('$name', (arrow) => {
    expect(sources.flatMap((source) => violations(arrow, source))).toEqual([])
  })
})

describe('A file that does is caught:', () => {
  test.each(arrows)('$name', (arrow) => {
    const { path: file, line } = arrow.example
    expect(violations(arrow, readSource(file, line))).toHaveLength(1)
  })
})

describe('Imports are found in every form:', () => {
  test.each([
    ["import { a } from '@/lib/db.ts'", 'lib/db.ts'],
    ["import type { A } from '../db.ts'", 'lib/db.ts'],
    ["import {\n  a,\n  type B,\n} from '@/lib/db.ts'", 'lib/db.ts'],
    ["import a, * as b from 'ws'", 'ws'],
    ["import './db.css'", 'lib/agenda/db.css'],
    ["export * from '@/lib/db.ts'", 'lib/db.ts'],
    ["export { a } from '@/lib/db.ts'", 'lib/db.ts'],
    ["const a = await import('@/lib/db.ts')", 'lib/db.ts'],
    ["const a = require('ws')", 'ws'],
    ["type A = import('@/lib/db.ts').Db", 'lib/db.ts'],
  ])('%s', (line, target) => {
    expect(readSource('lib/agenda/rules.ts', line).imports).toEqual([target])
  })

  test('and not in comments', () => {
    const text = "/* import 'ws' */\n// import 'ws'\nconst url = 'http://a.dk' // import 'ws'"
    expect(readSource('lib/agenda/rules.ts', text)).toMatchObject({
      imports: [],
      text: expect.not.stringContaining('ws'),
    })
  })
})

test('the sources are really read', () => {
  expect(sources.length).toBeGreaterThan(80)
  const service = sources.find((source) => source.path === 'lib/agenda/service.ts')
  expect(service?.imports).toContain('lib/db.ts')
})

function violations(arrow: Arrow, source: Source): string[] {
  if (!arrow.among(source.path)) return []
  const drawn = source.imports.filter((target) => arrow.imports?.(target, source.path))
  const written = arrow.text?.exec(source.text)
  return [...drawn, ...(written ? [written[0]] : [])].map(
    (what) => `${source.path} has ${JSON.stringify(what)}. ${arrow.sentence}`,
  )
}

function sourcesUnder(folder: string): Source[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(
      (file) => !/^prisma\/client\/|\.test\.tsx?$|\/testing\/|^server\/bench\/|^lib\/arrows\.ts$/.test(file),
    )
    .map((file) => readSource(file, readFileSync(path.join(root, file), 'utf8')))
}

function readSource(file: string, code: string): Source {
  const text = code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
  const form =
    /(?:^|[\s;])(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g
  const imports = [...text.matchAll(form)].map((match) =>
    resolve(file, match[1] ?? match[2] ?? match[3] ?? ''),
  )
  return { path: file, imports, text }
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier)
  return specifier
}
