import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/prisma/root.ts'
import { measureCell } from './cell.ts'
import { type Head, type History, readHistory } from './history.ts'
import { machine, processors, takenSince } from './machine.ts'
import { readOptions } from './options.ts'
import type { Measured } from './results.ts'
import { serverKinds } from './servers/kinds.ts'
import { installPeers } from './servers/peers.ts'
import { Stage } from './stage.ts'
import { type Shown, summary, tables } from './tables.ts'
import { workloads as allWorkloads } from './workloads/all.ts'

/*
 * `npm run bench`, or `node --import tsx server/bench/run.ts --servers floor,ours-pg --workloads cpu --rounds 1`.
 * In each round every workload goes over all servers, one after the other, each fresh; so what the machine does
 * meanwhile falls on all of them. A cell that fails is told as failed.
 */

const options = readOptions(process.argv.slice(2))
const earlier = options.beside.map(readHistory)
const stage = new Stage()
const began = new Date()
const processorsBefore = processors()
const head: Head = {
  began: began.toISOString(),
  machine: machine(),
  command: ['npm run bench', ...(options.asGiven.length > 0 ? ['--', ...options.asGiven] : [])].join(' '),
}
const historyFile = path.join(
  projectRoot,
  'server/bench/histories',
  `${began.toISOString().replaceAll(':', '-')}.jsonl`,
)
mkdirSync(path.dirname(historyFile), { recursive: true })

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stage.dispose().then(() => process.exit(1)))
}
if (options.servers.some(({ isPeer }) => isPeer)) installPeers(say)
try {
  keep(head)
  const measured = await measureAll()
  say(tables(measured, options))
  if (options.write) writeTables(measured)
  say(
    `took ${Math.round((Date.now() - began.getTime()) / 1000)} s, of which the machine's host gave ${takenSince(processorsBefore)?.toFixed(1) ?? '?'} % to others; history in ${path.relative(projectRoot, historyFile)}`,
  )
} finally {
  await stage.dispose()
}
process.exit(0)

async function measureAll(): Promise<Measured[]> {
  const all: Measured[] = []
  for (let round = 1; round <= options.rounds; round++) {
    for (const workload of options.workloads) {
      for (const kind of options.servers) {
        if (!workload.suits(kind)) continue
        const started = performance.now()
        const before = processors()
        const outcome = await measureCell({ stage, workload, kind, ...options })
        const measured = { round, workload: workload.name, server: kind.name, ...outcome }
        all.push(measured)
        keep({ ...measured, took: Math.round(performance.now() - started), taken: takenSince(before) })
        say(progress(measured, performance.now() - started))
      }
    }
  }
  return all
}

function progress({ round, workload, server, figures, failure }: Measured, took: number): string {
  const told =
    failure ??
    Object.entries(figures)
      .map(([key, value]) => `${key} ${value === null ? '–' : Math.round(value * 100) / 100}`)
      .join(', ')
  return `${round} ${workload} ${server} (${(took / 1000).toFixed(1)} s): ${told}`
}

/** Puts the tables between the marks of the two READMEs, with when they were measured, and on what. */
function writeTables(now: Measured[]): void {
  const runs = newestOfEach([...earlier, { head, measured: now }])
  const measured = runs.flatMap((run) => run.measured)
  const shown: Shown = {
    workloads: allWorkloads.filter(({ name }) => measured.some(({ workload }) => workload === name)),
    servers: serverKinds.filter(({ name }) => measured.some(({ server }) => server === name)),
  }
  const lines = runs.map((run, at) => {
    const names = [...new Set(run.measured.map(({ workload }) => workload))].join(', ')
    return `${at === 0 ? '' : `Measured again, ${names}: `}${told(run)}`
  })
  for (const [file, table] of [
    ['README.md', summary(measured, shown)],
    ['server/bench/README.md', tables(measured, shown)],
  ] as const) {
    const full = path.join(projectRoot, file)
    const [before, , after] = readFileSync(full, 'utf8').split(/<!-- (?:measured|end) -->\n/)
    if (after === undefined) throw new Error(`${file} has no place for what was measured`)
    writeFileSync(
      full,
      `${before}<!-- measured -->\n${lines.join('\n\n')}\n\n${table}\n<!-- end -->\n${after}`,
    )
  }
}

/** Of each run, the oldest first, the workloads that none measured after it; runs of which nothing is left are left out. */
function newestOfEach(runs: History[]): History[] {
  return runs
    .map(({ head, measured }, at) => {
      const later = runs.slice(at + 1).flatMap((run) => run.measured)
      const isNewest = (name: string) => !later.some(({ workload }) => workload === name)
      return { head, measured: measured.filter(({ workload }) => isNewest(workload)) }
    })
    .filter(({ measured }) => measured.length > 0)
}

function told({ head: { began: when, machine: where, command }, measured }: History): string {
  const rounds = Math.max(...measured.map(({ round }) => round))
  return `${when.slice(0, 10)}, ${where}, medians of ${rounds} interleaved rounds, \`${command}\`.`
}

function keep(entry: unknown): void {
  appendFileSync(historyFile, `${JSON.stringify(entry)}\n`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
