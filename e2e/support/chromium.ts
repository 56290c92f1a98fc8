import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { toolEnvironment } from '@/lib/env.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a Chromium on this machine: CHROMIUM_PATH or one on PATH; null when there is none. */
export function systemChromium(): string | null {
  const { CHROMIUM_PATH } = toolEnvironment()
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
    if (found) return found
  }
  return null
}

/** Sees to it that the browser tests have a Chromium, installing one if need be; answers why not when it can't. */
export function ensureChromium(say: (line: string) => void): string | null {
  if (systemChromium()) return null
  if (installWithApt('chromium', say) && systemChromium()) return null
  say('Downloading Chromium with Playwright …')
  const { status } = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore' })
  return status === 0 ? null : 'no Chromium was found, and none could be installed; set CHROMIUM_PATH'
}

/** Sees to it that the store tests have a PostgreSQL server where the system can bring one. */
export function ensurePostgres(say: (line: string) => void): void {
  const isThere =
    existsSync('/usr/lib/postgresql') || spawnSync('sh', ['-c', 'command -v initdb']).status === 0
  if (!isThere && !toolEnvironment().TEST_DATABASE_URL) installWithApt('postgresql', say)
}

function installWithApt(name: string, say: (line: string) => void): boolean {
  if (userInfo().uid !== 0 || !existsSync('/usr/bin/apt-get')) return false
  say(`Installing ${name} with apt-get …`)
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore' }).status === 0
  return apt('install', '-y', name) || (apt('update') && apt('install', '-y', name))
}
