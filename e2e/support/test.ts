import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { generateClient } from '@/prisma/generate.ts'
import { projectRoot } from '@/prisma/root.ts'
import { buildWhenChanged } from '@/server/build.ts'
import { ensureChromium, ensurePostgres } from './chromium.ts'
import { type Count, countOf, lastLine, playwrightCount, vitestCount } from './count.ts'

/*
 * `npm test`: format and lint, types, unit and server tests, build, browser tests; each says what it counted, and the
 * last line alone is the sum. `npm run e2e`, `npm run screenshots` and `npm run trace` are its last two parts only.
 */

type Part = { name: string; run: () => Count | Promise<Count> }

const results = path.join(projectRoot, 'test-results')
const bin = (name: string) => path.join(projectRoot, 'node_modules', name)

const lint: Part = {
  name: 'format and lint',
  run: () => check(bin('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', '.']),
}
const types: Part = {
  name: 'types',
  run: () => {
    generateClient()
    node(bin('next/dist/bin/next'), ['typegen'])
    return check(bin('typescript/bin/tsc'), ['--noEmit'])
  },
}
const unit: Part = {
  name: 'unit and server',
  run: () => {
    ensurePostgres(say)
    const file = path.join(results, 'unit.json')
    const code = node(bin('vitest/vitest.mjs'), [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${file}`,
    ])
    return vitestCount(readJson(file), code)
  },
}
const build: Part = { name: 'build', run: () => buildWhenChanged(say).then(() => countOf('passed')) }

function browser(project: string): Part {
  return {
    name: project,
    run: () => {
      const missing = ensureChromium(say)
      if (missing) return skip(project, missing)
      const config = path.join('e2e', 'playwright.config.ts')
      const code = node(bin('@playwright/test/cli.js'), [
        'test',
        '-c',
        config,
        `--project=${project}`,
        ...filters,
      ])
      return playwrightCount(readJson(path.join(results, `e2e.json`)), code)
    },
  }
}

const [wanted = 'all', ...filters] = process.argv.slice(2)
const choices: Record<string, Part[]> = {
  all: [lint, types, unit, build, browser('e2e')],
  e2e: [build, browser('e2e')],
  screenshots: [build, browser('screenshots')],
  trace: [build, browser('trace')],
}

process.exit(await runAll(choices[wanted] ?? []))

async function runAll(parts: Part[]): Promise<number> {
  process.chdir(projectRoot)
  mkdirSync(results, { recursive: true })
  for (const name of ['unit.json', 'e2e.json']) rmSync(path.join(results, name), { force: true })
  const total: Count = { passed: 0, failed: 0, skipped: 0 }
  const lines: string[] = []
  for (const { name, run } of parts) {
    say(`\n— ${name}`)
    const began = Date.now()
    const count = await Promise.resolve().then(run).catch(report)
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
    lines.push(`${name}: ${lastLine(count)} (${Math.round((Date.now() - began) / 1000)} s)`)
  }
  say(`\n${lines.join('\n')}\n${lastLine(total)}`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

function report(error: unknown): Count {
  say(error instanceof Error ? error.message : String(error))
  return countOf('failed')
}

function skip(name: string, reason: string): Count {
  say(`SKIPPED ${name}: ${reason}`)
  return countOf('skipped')
}

function check(script: string, args: string[]): Count {
  return countOf(node(script, args) === 0 ? 'passed' : 'failed')
}

function node(script: string, args: string[]): number {
  return spawnSync(process.execPath, [script, ...args], { cwd: projectRoot, stdio: 'inherit' }).status ?? 1
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
