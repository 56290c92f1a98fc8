/** One source file: its path from the project's folder, what it imports, and its text without comments. */
export type Source = { path: string; imports: string[]; text: string }

/** One arrow that must not be drawn. `example` is a file that draws it: the test proves that it is caught. */
export type Arrow = {
  name: string
  sentence: string
  among: (path: string) => boolean
  imports?: (target: string, path: string) => boolean
  text?: RegExp
  example: { path: string; line: string }
}

/** The rooms of lib in the order they may build on each other; rooms of one rank do not know each other. */
const ranks: Record<string, number> = {
  identity: 0,
  notices: 1,
  agenda: 2,
  comments: 3,
  meeting: 3,
  appointments: 3,
  import: 3,
  approval: 4,
  dispatch: 5,
  publication: 6,
}

const roomOf = (path: string): string | null => /^lib\/([a-z]+)\//.exec(path)?.[1] ?? null
const isIn =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`))
const isLib = isIn('lib')
const isProduct = isIn('app', 'components', 'lib', 'server')

const storeFile = /(^|\/)(store|[a-z-]+-store)\.ts$/
const serviceFile = /(^|\/)(service|[a-z-]+-service)\.ts$/
const prismaPackage = /^(@prisma\/|prisma\/|@electric-sql\/|pg$)/
const holdsPrisma = (path: string) => storeFile.test(path) || /^lib\/(db|audit|signals)\.ts$/.test(path)
const isPrisma = (target: string) =>
  prismaPackage.test(target) && !/^prisma\/(refusal|root|demo)/.test(target)

// In a room of lib a file is pure unless its name says that it performs.
const performs =
  /\/(store|service|actions|session|reply|token|adapter|auth|handler|mail|oidc|sign-in|request|[a-z-]+-(store|service))\.tsx?$/
const isPure = (path: string) => isLib(path) && path.split('/').length > 2 && !performs.test(path)
const isPureImport = (target: string) => {
  if (target === 'node:crypto') return true
  if (/^(react|next|ws|pino|nodemailer)(\/|$|-)/.test(target) || target.startsWith('node:')) return false
  if (isPrisma(target) || /^lib\/(db|env|log|audit|signals|clock)\.ts$/.test(target)) return false
  return !performs.test(`/${target}`)
}

/** The arrows of the house. Each sentence says what to do instead. */
export const arrows: readonly Arrow[] = [
  {
    name: 'pure files import nothing that performs',
    sentence:
      'Judgement is pure: let the service read the clock, the database and the environment and pass them in.',
    among: isPure,
    imports: (target) => !isPureImport(target),
    example: { path: 'lib/agenda/rules.ts', line: "import { db } from '@/lib/db.ts'" },
  },
  {
    name: 'pure files know neither clock nor chance',
    sentence: '`now` and ids come in as arguments, so that a test can set them.',
    among: isPure,
    text: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(/,
    example: { path: 'lib/agenda/rules.ts', line: 'const now = Date.now()' },
  },
  {
    name: 'lib does not know its screens',
    sentence:
      'lib is what is true without a screen: app, components and server import it, never the other way.',
    among: isLib,
    imports: isIn('app', 'components', 'server', 'e2e'),
    example: { path: 'lib/agenda/service.ts', line: "import { Button } from '@/components/ui/button.tsx'" },
  },
  {
    name: 'components neither store nor perform',
    sentence:
      'A component asks an action or gets its data as props; stores, services and the environment stay on the server.',
    among: isIn('components'),
    imports: (target) =>
      storeFile.test(target) ||
      serviceFile.test(target) ||
      /^lib\/(db|env|audit|log|signals)\.ts$/.test(target) ||
      /^lib\/identity\/(session|reply|token|auth|handler|adapter|mail)\.ts$/.test(target) ||
      isIn('server', 'app', 'e2e')(target) ||
      isPrisma(target),
    example: {
      path: 'components/agenda/item.tsx',
      line: "import { loadAgenda } from '@/lib/agenda/service.ts'",
    },
  },
  {
    name: 'app goes through services',
    sentence:
      'A route reads params, calls one service and renders one component; what it needs of a store, the service gives.',
    among: isIn('app'),
    imports: (target) =>
      storeFile.test(target) ||
      /^lib\/db\.ts$/.test(target) ||
      isIn('server', 'e2e')(target) ||
      isPrisma(target),
    example: { path: 'app/page.tsx', line: "import { db } from '@/lib/db.ts'" },
  },
  {
    name: 'actions know session, schema and service only',
    sentence: 'An action parses, asks for the session, calls one service and answers its code.',
    among: (path) => /^lib\/[a-z]+\/actions\.ts$/.test(path),
    imports: (target, path) =>
      !(
        target === 'zod' ||
        target === 'lib/identity/session.ts' ||
        target === 'lib/errors.ts' ||
        target === 'next/headers' ||
        target === 'lib/i18n/messages.ts' ||
        (roomOf(target) === roomOf(path) && (/\/schema\.ts$/.test(target) || serviceFile.test(target)))
      ),
    example: { path: 'lib/agenda/actions.ts', line: "import { numbering } from './rules.ts'" },
  },
  {
    name: 'actions decide nothing',
    sentence: 'No business decision in an action: it belongs in the rules, and the service asks them.',
    among: (path) => /^lib\/[a-z]+\/actions\.ts$/.test(path),
    text: /\bif \((?!!parsed\.success\))|\bswitch \(|\s\?\s/,
    example: { path: 'lib/agenda/actions.ts', line: 'if (item.visibility) return null' },
  },
  {
    name: 'Prisma stays in the stores',
    sentence:
      'Only store.ts, doc-store.ts, db.ts, audit.ts and prisma/ know Prisma: add a function to the room’s store.',
    among: (path) =>
      isProduct(path) && !holdsPrisma(path) && !/^server\/(main|start|build|pages\/process)\.ts$/.test(path),
    imports: isPrisma,
    example: {
      path: 'lib/agenda/service.ts',
      line: "import type { Prisma } from '@/prisma/client/client.ts'",
    },
  },
  {
    name: 'queries stay in the stores',
    sentence: 'A query outside a store can’t be found again: add a function to the room’s store.',
    among: (path) => isProduct(path) && !holdsPrisma(path),
    text: /\b(tx|db\(\)|database|client)\.(\w+\.(find|create|update|delete|upsert|count|aggregate|groupBy)\w*\(|\$(query|execute)Raw)/,
    example: { path: 'lib/agenda/service.ts', line: 'await tx.item.findMany({})' },
  },
  {
    name: 'a room keeps its store to itself',
    sentence: 'Ask another room’s service: its store does not check rights.',
    among: isLib,
    imports: (target, path) => storeFile.test(target) && roomOf(target) !== roomOf(path),
    example: { path: 'lib/approval/service.ts', line: "import { findItem } from '@/lib/agenda/store.ts'" },
  },
  {
    name: 'rooms build on each other in one direction',
    sentence:
      'identity ← notices ← agenda ← comments meeting appointments import ← approval ← dispatch ← publication.',
    among: (path) => isLib(path) && roomOf(path) !== null,
    imports: (target, path) => {
      const from = ranks[roomOf(path) ?? '']
      const to = ranks[roomOf(target) ?? '']
      return from !== undefined && to !== undefined && roomOf(path) !== roomOf(target) && to >= from
    },
    example: { path: 'lib/comments/service.ts', line: "import { approve } from '@/lib/approval/service.ts'" },
  },
  {
    name: 'only connection.ts knows ws',
    sentence: 'Rooms and the protocol move bytes and peers; connection.ts alone turns a socket into a peer.',
    among: (path) => isProduct(path) && !/^server\/(connection|sync|gate)\.ts$/.test(path),
    imports: (target) => target === 'ws',
    example: { path: 'server/room.ts', line: "import { WebSocket } from 'ws'" },
  },
  {
    name: 'the server has no screens',
    sentence: 'pages/host.ts alone hosts Next; the sync server knows neither React nor pages.',
    among: (path) => isIn('server')(path) && path !== 'server/pages/host.ts',
    imports: (target) => isIn('app', 'components')(target) || /^(react|next)(\/|$|-)/.test(target),
    example: { path: 'server/room.ts', line: "import { useState } from 'react'" },
  },
  {
    name: 'roots of a document are named in doc.ts',
    sentence:
      'Ask lib/agenda/doc.ts for the part you need: another place that names a root would drift from it.',
    among: (path) => isProduct(path) && path !== 'lib/agenda/doc.ts',
    text: /\.(getXmlFragment|getMap|getText|getArray|getXmlElement)[(<]/,
    example: { path: 'server/room.ts', line: "doc.getXmlFragment('background')" },
  },
  {
    name: 'nodes and marks are named in prose.ts',
    sentence:
      'Use nodeNames and markNames of lib/agenda/prose.ts: the compiler does not check a name in these places.',
    among: (path) => isProduct(path) && path !== 'lib/agenda/prose.ts',
    text: /nodeName\s*[!=]==?\s*['"]|new Y\.XmlElement\(['"]|isActive\(['"]|schema\.(nodes|marks)(\.|\[['"])|getNodeType\(['"]/,
    example: { path: 'lib/agenda/doc.ts', line: "if (element.nodeName === 'heading') return" },
  },
  {
    name: 'close codes are written in close-codes.ts',
    sentence: 'Use closeCodes of lib/sync/close-codes.ts, so that both ends mean the same.',
    among: (path) => isProduct(path) && path !== 'lib/sync/close-codes.ts',
    text: /(?<![\d._])(1001|1002|1003|1006|1008|1009|1011|1012|1013|4[04]\d\d)(?![\d_.])/,
    example: { path: 'server/connection.ts', line: 'socket.close(4403)' },
  },
  {
    name: 'the environment is read in env.ts',
    sentence: 'Add the setting to lib/env.ts: there it is checked at the start and explained.',
    among: (path) => path !== 'lib/env.ts',
    text: /\bprocess\.env\b/,
    example: { path: 'server/room.ts', line: 'const limit = process.env.LIMIT' },
  },
]
