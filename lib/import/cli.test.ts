import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agendaTextSchema } from './schema.ts'

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))
const demo = fileURLToPath(new URL('../../prisma/demo/agenda.txt', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'import-'))
const file = (name: string) => join(folder, name)

function run(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], { encoding: 'utf8' })
}

afterAll(() => rmSync(folder, { recursive: true }))

describe('npm run import', () => {
  it('prints the agenda as JSON', () => {
    const { status, stdout, stderr } = run(demo, '--json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(agendaTextSchema.parse(JSON.parse(stdout)).sections).toHaveLength(7)
  })

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'The file holds no text. (import-empty)'],
    ['rubbish', 'Kære alle', '(import-not-an-agenda)'],
    ['binary', '%PDF-1.7', '(import-binary)'],
    ['wrongly encoded', Uint8Array.from([0x6d, 0xf8]), '(import-encoding)'],
  ])('refuses an %s file in one sentence', (name, content, sentence) => {
    writeFileSync(file(name), content)
    const { status, stdout, stderr } = run(file(name), '--json')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(sentence)])
  })

  it('refuses 50 MB without reading them', () => {
    writeFileSync(file('large'), '')
    truncateSync(file('large'), 50 * 1024 * 1024)
    expect(run(file('large'), '--json')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(import-too-large)'),
    })
  })

  it.each([
    ['a file that is not there', [file('nowhere'), '--json'], 'cannot be read'],
    ['a folder', [folder, '--json'], 'cannot be read'],
    ['no file', ['--json'], 'Usage'],
    ['an unknown option', [demo, '--xml'], 'Usage'],
  ])('refuses %s', (_, args, sentence) => {
    expect(run(...args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) })
  })
})
