import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/prisma/root.ts'

/** Where the peers are installed: apart from the product, and those on Yjs 13 and 14 apart from each other. */
export const peersFolder = path.join(projectRoot, 'server/bench/peers')

const folders = [peersFolder, path.join(peersFolder, 'yjs14')]

/** Installs the peers as their lock files say, unless that was done. */
export function installPeers(say: (line: string) => void): void {
  for (const folder of folders) {
    const lock = readFileSync(path.join(folder, 'package-lock.json'), 'utf8')
    const mark = path.join(folder, 'node_modules/.installed')
    if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) continue
    say(`Installing the peers in ${path.relative(projectRoot, folder)} …`)
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`The peers could not be installed.\n${done.stderr}`)
    writeFileSync(mark, lock)
  }
}
