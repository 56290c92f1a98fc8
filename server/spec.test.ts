import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const here = new URL('.', import.meta.url)

function numbersIn(text: string): Set<string> {
  return new Set([...text.matchAll(/\[(R\d+)\]/g)].flatMap((match) => match[1] ?? []))
}

const described = numbersIn(readFileSync(new URL('SPEC.md', here), 'utf8'))
const tested = numbersIn(
  readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== 'spec.test.ts')
    .map((name) => readFileSync(new URL(name, here), 'utf8'))
    .join('\n'),
)

test('every behaviour of SPEC.md has a test that carries its number, and no test another', () => {
  expect([...tested].sort()).toEqual([...described].sort())
})
