import { freePort } from '../testing/free-port.ts'
import { ClientProcess } from './client/process.ts'
import { type Program, type Running, startChild } from './servers/child.ts'
import type { Prepared, ServerKind } from './servers/kinds.ts'
import type { Stage } from './stage.ts'
import type { Cell, Figures, Workload } from './workloads/workload.ts'

type Work = {
  stage: Stage
  workload: Workload
  kind: ServerKind
  warmUp: number
  profile: string | null
}

/** Measures one workload on one fresh server; what goes wrong, a hang too, is a failure and never an exception. */
export async function measureCell(work: Work): Promise<{ figures: Figures; failure: string | null }> {
  const client = new ClientProcess()
  const servers: Running[] = []
  let prepared: Prepared | null = null
  try {
    prepared = await work.kind.prepare(work.stage)
    const cell = makeCell(work, { prepared, client, servers, port: await freePort() })
    const figures = await within(work.workload.patienceSeconds, work.workload.measure(cell))
    return { figures, failure: null }
  } catch (error) {
    return { figures: {}, failure: `failed: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    client.end()
    for (const server of servers) await (work.profile ? server.stop() : server.kill())
    await prepared?.store.dispose().catch(() => undefined)
  }
}

function makeCell(
  { stage, kind, warmUp, profile }: Work,
  {
    prepared,
    client,
    servers,
    port,
  }: { prepared: Prepared; client: ClientProcess; servers: Running[]; port: number },
): Cell {
  const start = async (program: Program) => {
    const server = await startChild(program, { port, profile })
    servers.push(server)
    return server
  }
  return {
    kind,
    prepared,
    client,
    warmUp,
    documents: stage.documents(),
    start: () => start(prepared.program),
    startWhole: async () => start({ ...prepared.program, file: await stage.wholeProgram() }),
    target: { port, wire: kind.wire, stateFile: stage.stateFile, cookieFile: stage.cookieFile },
  }
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${seconds} s`)), seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    if (timer) clearTimeout(timer)
  }
}
