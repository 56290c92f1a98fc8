import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Target } from '../client/target.ts'
import type { Stage, Store } from '../stage.ts'
import type { Program } from './child.ts'

/** One kind of server in the comparison. */
export type ServerKind = {
  name: string
  /** As the table calls it. */
  label: string
  wire: Target['wire']
  /** Does a document outlive the process? */
  keeps: boolean
  /** How long after the last edit all of it is written, in ms, for a server that does not say. */
  writesAfter: number
  /** Makes what one fresh server of the kind needs. */
  prepare(stage: Stage): Promise<Prepared>
}

/** What a server is started on, as often as one likes, until it is disposed of. */
export type Prepared = { program: Program; store: Omit<Store, 'env'> }

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

// Far above any load here, so that what is measured is the server and not its limits.
const raisedLimits = {
  SYNC_MAX_FRAMES_PER_SECOND: '100000',
  SYNC_MAX_CONNECTIONS: '20000',
  LOG_LEVEL: 'error',
}

/** All servers, floors first. */
export const serverKinds: readonly ServerKind[] = [
  floor('floor', 'floor: bare relay', 'plain'),
  floor('floor-batch', 'floor, batching', 'batch'),
  floor('floor-log', 'floor with a log file', 'log'),
  ours('ours-embedded', 'Dagsorden, embedded store', (stage) => stage.embedded()),
  ours('ours-pg', 'Dagsorden, PostgreSQL', (stage) => stage.postgres()),
]

function floor(name: string, label: string, mode: 'plain' | 'batch' | 'log'): ServerKind {
  const prepare = async (stage: Stage) => {
    const folder = stage.newFolder()
    const program = { file: here('floor.ts'), args: [mode], env: { DATA_DIR: folder }, isSource: true }
    return { program, store: folderStore(folder) }
  }
  return { name, label, wire: 'plain', keeps: mode === 'log', writesAfter: 200, prepare }
}

function ours(name: string, label: string, open: (stage: Stage) => Promise<Store>): ServerKind {
  const prepare = async (stage: Stage) => {
    const store = await open(stage)
    const env = { ...raisedLimits, ...store.env }
    return { program: { file: here('ours.ts'), env, isSource: true }, store }
  }
  return { name, label, wire: 'ours', keeps: true, writesAfter: 0, prepare }
}

function folderStore(folder: string): Prepared['store'] {
  return {
    hasProcesses: false,
    cpu: () => 0,
    storedBytes: () => Promise.resolve({ data: 0, disk: 0 }),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  }
}
