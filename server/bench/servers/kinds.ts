import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Target } from '../client/target.ts'
import type { Stage, Store } from '../stage.ts'
import type { Program } from './child.ts'
import { peersFolder } from './peers.ts'

/** One kind of server in the comparison. */
export type ServerKind = {
  name: string
  /** As the table calls it. */
  label: string
  wire: Target['wire']
  isPeer: boolean
  /** Does a document outlive the process? */
  keeps: boolean
  /** How long after the last edit all of it is written, in ms, for a server that does not say. */
  writesAfter: number
  /** Makes what one fresh server of the kind needs. */
  prepare(stage: Stage): Promise<Prepared>
}

/** What a server is started on, as often as one likes, until it is disposed of. */
export type Prepared = { program: Program; store: Omit<Store, 'env'> }

/** Ours with limits far above any load here, so that the server is measured and not its limits; all by its settings. */
export const raisedLimits = {
  SYNC_MAX_FRAMES_PER_SECOND: '100000',
  SYNC_MAX_BYTES_PER_SECOND: '1000000000',
  SYNC_MAX_CONNECTIONS: '20000',
  SYNC_MAX_CONNECTIONS_PER_ADDRESS: '20000',
  SYNC_MAX_CONNECTIONS_PER_PERSON: '20000',
  SYNC_MAX_CONNECTIONS_PER_ROOM: '20000',
  LOG_LEVEL: 'error',
} as const

/** All servers, floors first. */
export const serverKinds: readonly ServerKind[] = [
  floor('floor', 'floor: bare relay', 'plain'),
  floor('floor-batch', 'floor, batching', 'batch'),
  floor('floor-log', 'floor with a log file', 'log'),
  yWebsocket('y-websocket', 'y-websocket 2 (Yjs 13)', false),
  yWebsocket('y-websocket-leveldb', '…with LevelDB', true),
  {
    ...peer('y-websocket-server', '@y/websocket-server (Yjs 14 pre)'),
    prepare: async (stage) =>
      inFolder(stage, () => ({ file: inPeers('yjs14/node_modules/@y/websocket-server/src/server.js') })),
  },
  hocuspocus('hocuspocus', 'Hocuspocus 4', 'plain'),
  hocuspocus('hocuspocus-sqlite', '…with SQLite', 'sqlite'),
  hocuspocus('hocuspocus-redis', '…with Redis', 'redis'),
  ours('ours-embedded', 'Dagsorden, embedded store', (stage) => stage.embedded()),
  ours('ours-pg', 'Dagsorden, PostgreSQL', (stage) => stage.postgres()),
]

function floor(name: string, label: string, mode: 'plain' | 'batch' | 'log'): ServerKind {
  return {
    ...peer(name, label),
    isPeer: false,
    keeps: mode === 'log',
    writesAfter: 200,
    prepare: async (stage) => {
      const file = await stage.program('floor')
      return inFolder(stage, (folder) => ({ file, args: [mode], env: { DATA_DIR: folder } }))
    },
  }
}

function yWebsocket(name: string, label: string, keeps: boolean): ServerKind {
  return {
    ...peer(name, label),
    keeps,
    writesAfter: 1000,
    prepare: async (stage) =>
      inFolder(stage, (folder) => ({
        file: inPeers('node_modules/y-websocket/bin/server.cjs'),
        ...(keeps && { env: { YPERSISTENCE: folder } }),
      })),
  }
}

function hocuspocus(name: string, label: string, mode: 'plain' | 'sqlite' | 'redis'): ServerKind {
  return {
    ...peer(name, label),
    wire: 'hocuspocus',
    keeps: mode === 'sqlite',
    // It writes two seconds after the last change, or when the last one leaves.
    writesAfter: 3000,
    prepare: async (stage) => {
      const redis = mode === 'redis' ? await stage.redis() : null
      return inFolder(stage, (folder) => ({
        file: inPeers('hocuspocus.mjs'),
        args: [mode],
        env: { DATA_DIR: folder, REDIS_PORT: String(redis?.port ?? 0) },
      }))
    },
  }
}

function ours(name: string, label: string, open: (stage: Stage) => Promise<Store>): ServerKind {
  return {
    ...peer(name, label),
    wire: 'ours',
    isPeer: false,
    keeps: true,
    writesAfter: 3000,
    prepare: async (stage) => {
      const { env, ...store } = await open(stage)
      return { program: { file: await stage.program('ours'), env: { ...raisedLimits, ...env } }, store }
    },
  }
}

function peer(name: string, label: string): Omit<ServerKind, 'prepare'> {
  return { name, label, wire: 'plain', isPeer: true, keeps: false, writesAfter: 0 }
}

function inPeers(file: string): string {
  return path.join(peersFolder, file)
}

function inFolder(stage: Stage, program: (folder: string) => Program): Prepared {
  const folder = stage.newFolder()
  const store = {
    hasProcesses: false,
    cpu: () => 0,
    storedBytes: async () => ({ data: null, disk: folderBytes(folder) }),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  }
  return { program: program(folder), store }
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
}
