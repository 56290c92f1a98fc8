import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['lib', 'server'].flatMap(sourcesUnder)

describe('Every export has a doc sentence directly above it:', () => {
  test.each(sources)('$path', (source) => {
    expect(undocumented(source)).toEqual([])
  })
})

describe('An export without one is caught:', () => {
  test.each([
    ['a function', 'export function a() {}'],
    ['an async function', 'export async function a() {}'],
    ['a generator', 'export function* a() {}'],
    ['a const', 'export const a = 1'],
    ['constants taken apart', 'export const { a, b } = c'],
    ['a class', 'export abstract class A {}'],
    ['a type', 'export type A = string'],
    ['an interface', 'export interface A {}'],
    ['a default', 'export default function a() {}'],
    ['one that has a line comment', '// Says what a is.\nexport const a = 1'],
    ['one that has a plain block', '/* Says what a is. */\nexport const a = 1'],
    ['one that an empty line parts from its sentence', '/** Says what the file is. */\n\nexport const a = 1'],
    ['one whose sentence is empty', '/** */\nexport const a = 1'],
    ['one whose sentence stands over another', '/** Says what a is. */\nconst a = 1\nexport const b = 2'],
  ])('%s', (_, code) => {
    expect(undocumented({ path: 'lib/a.ts', code })).toEqual([expect.stringMatching(/^lib\/a\.ts:\d export/)])
  })
})

describe('An export that needs none is let through:', () => {
  test.each([
    ['a sentence on one line', '/** Says what a is. */\nexport const a = 1'],
    ['a sentence on more', '/**\n * Says what\n * a is.\n */\nexport async function a() {}'],
    [
      'names of another file',
      "export { a } from './b.ts'\nexport * from './c.ts'\nexport type { D } from './d.ts'",
    ],
    ['what stays in the file', 'const a = 1\nfunction b() {}'],
  ])('%s', (_, code) => {
    expect(undocumented({ path: 'lib/a.ts', code })).toEqual([])
  })
})

test('the sources are really read', () => {
  expect(sources.length).toBeGreaterThan(80)
  expect(sources.map((source) => source.path)).toEqual(
    expect.arrayContaining(['lib/agenda/actions.ts', 'lib/errors.ts', 'server/sync.ts']),
  )
})

type Source = { path: string; code: string }

function undocumented({ path: file, code }: Source): string[] {
  const lines = code.split('\n')
  return lines.flatMap((line, index) =>
    isExport(line) && !hasSentence(lines.slice(0, index)) ? [`${file}:${index + 1} ${line}`] : [],
  )
}

function isExport(line: string): boolean {
  return /^export (?!\*|type \*|(type )?\{)/.test(line)
}

function hasSentence(above: string[]): boolean {
  if (!above.at(-1)?.endsWith('*/')) return false
  const comment = above.slice(above.findLastIndex((line) => line.startsWith('/*'))).join('\n')
  return comment.startsWith('/**') && /\p{L}/u.test(comment)
}

// next-intl takes the default export of lib/i18n/request.ts.
function sourcesUnder(folder: string): Source[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(
      (file) =>
        !/\.test\.tsx?$|\/testing\/|\/node_modules\/|^lib\/i18n\/(messages\/|request\.ts$)/.test(file),
    )
    .map((file) => ({ path: file, code: readFileSync(path.join(root, file), 'utf8') }))
}
