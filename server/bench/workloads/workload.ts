import type { ClientProcess } from '../client/process.ts'
import type { Target } from '../client/target.ts'
import type { Running, Usage } from '../servers/child.ts'
import type { Prepared, ServerKind } from '../servers/kinds.ts'
import type { Documents } from '../stage.ts'

/** What a workload measures by: named numbers; null where the server has no such figure. */
export type Figures = Record<string, number | null>

/** One server in one cell: freshly prepared, not yet started. */
export type Cell = {
  kind: ServerKind
  prepared: Prepared
  client: ClientProcess
  /** Starts the server on what it kept, if anything; stop it before starting it again. */
  start(): Promise<Running>
  /** Starts the whole product instead, with its pages; of ours only. */
  startWhole(): Promise<Running>
  /** Where the server is, also after it was started again. */
  target: Target
  /** How long to write before it is measured, s: what compiles at the first thousands of frames is not what is asked about. */
  warmUp: number
  /** The files of the documents to be opened. */
  documents: Documents
}

/** One kind of work, measured the same way on each server. */
export type Workload = {
  name: string
  title: string
  /** The figures in the order of the table, and how each is written. */
  figures: readonly FigureShape[]
  /** Which servers it means something for. */
  suits(kind: ServerKind): boolean
  /** A cell that takes longer has failed. */
  patienceSeconds: number
  measure(cell: Cell): Promise<Figures>
}

/** How a figure is called and written. */
export type FigureShape = { key: string; label: string; digits: number }

/** What a server and its database used while something was done; CPU in µs. */
export async function cpuDuring<T>(
  { server, cell }: { server: Running; cell: Cell },
  work: () => Promise<T>,
): Promise<{ result: T; cpu: number; databaseCpu: number; usage: Usage }> {
  const databaseBefore = cell.prepared.store.cpu()
  const before = await server.usage()
  const result = await work()
  const usage = await server.usage()
  const databaseCpu = cell.prepared.store.cpu() - databaseBefore
  return { result, cpu: usage.cpu - before.cpu, databaseCpu, usage }
}
