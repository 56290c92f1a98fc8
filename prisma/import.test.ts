import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { childEnvironment } from '@/lib/env.ts'
import { agendaTextSchema } from '@/lib/import/schema.ts'
import { seedPeople } from './demo/people.ts'
import { openDatabase } from './open.ts'

const cli = fileURLToPath(new URL('./import.ts', import.meta.url))
const demo = fileURLToPath(new URL('./demo/agenda.txt', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'import-'))
const file = (name: string) => join(folder, name)

function run(...args: string[]) {
  const env = childEnvironment({ DATA_DIR: file('data'), DATABASE_URL: undefined })
  return spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], { encoding: 'utf8', env })
}

afterAll(() => rmSync(folder, { recursive: true }))

describe('npm run import', () => {
  it('prints the agenda as JSON', () => {
    const { status, stdout, stderr } = run(demo, '--json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(agendaTextSchema.parse(JSON.parse(stdout)).sections).toHaveLength(7)
  })

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'The file is empty. (import-empty)'],
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

  it('loads the agenda for a person with the right, into a new meeting and then at the end of it', async () => {
    const before = await openDatabase({ dataDir: file('data') })
    await seedPeople(before.client)
    await before.close()
    const when = ['--at', '2027-02-05T09:30', '--place', 'Horsens']
    const first = run(demo, '--as', 'jhp@kkr.example', ...when)
    expect(first).toMatchObject({ status: 0, stderr: '' })
    const meeting = first.stdout.trim().split('/').at(-1) ?? ''
    expect(run(demo, '--as', 'chbo@kkr.example', '--meeting', meeting)).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(run(demo, '--as', 'fo@kkr.example', ...when)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(forbidden)'),
    })
    expect(run(demo, '--as', 'nobody@kkr.example', ...when)).toMatchObject({
      status: 1,
      stderr: 'Nobody has the address nobody@kkr.example.\n',
    })
    const after = await openDatabase({ dataDir: file('data') })
    const sections = await after.client.section.findMany({ where: { meetingId: meeting } })
    expect([await after.client.meeting.count(), sections.length]).toEqual([1, 14])
    await after.close()
  }, 60_000)

  it.each([
    ['a file that is not there', [file('nowhere'), '--json'], 'cannot be read'],
    ['a folder', [folder, '--json'], 'cannot be read'],
    ['no file', ['--json'], 'Usage'],
    ['an unknown option', [demo, '--xml'], 'Usage'],
  ])('refuses %s', (_, args, sentence) => {
    expect(run(...args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) })
  })
})
