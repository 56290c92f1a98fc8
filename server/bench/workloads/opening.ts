import { median } from '../median.ts'
import type { Running } from '../servers/child.ts'
import type { Cell, Figures, Workload } from './workload.ts'

const openings = 5
const megabyte = 1024 * 1024

/** How long a document takes to come over the wire, from a server that has it open and from one that has just started. */
export const opening: Workload = {
  name: 'open',
  title: 'Opening an agenda document and one of 100,000 edits',
  figures: [
    { key: 'agendaLoaded', label: 'agenda, loaded, ms', digits: 1 },
    { key: 'editedLoaded', label: '100,000 edits, loaded, ms', digits: 1 },
    { key: 'agendaRestarted', label: 'agenda, after restart, ms', digits: 1 },
    { key: 'editedRestarted', label: '100,000 edits, after restart, ms', digits: 1 },
    { key: 'growth', label: 'growth by 100,000 edits, MB', digits: 1 },
    { key: 'agendaBytes', label: 'agenda, wire bytes', digits: 0 },
    { key: 'editedBytes', label: '100,000 edits, wire bytes', digits: 0 },
  ],
  suits: () => true,
  patienceSeconds: 120,
  measure: async (cell) => {
    const server = await cell.start()
    const { agenda, edited } = await loaded(cell, server)
    const restarted = cell.kind.keeps ? await afterRestart(cell, server) : null
    return {
      agendaLoaded: agenda.ms,
      editedLoaded: edited.ms,
      agendaRestarted: restarted?.agenda ?? null,
      editedRestarted: restarted?.edited ?? null,
      growth: (restarted?.growth ?? edited.growth) / megabyte,
      agendaBytes: agenda.bytes,
      editedBytes: edited.bytes,
    }
  },
}

async function loaded(cell: Cell, server: Running) {
  const agenda = await give(cell, server, { room: 0, file: cell.documents.agenda })
  const edited = await give(cell, server, { room: 1, file: cell.documents.edited })
  return { agenda, edited }
}

async function give({ client, target }: Cell, server: Running, document: { room: number; file: string }) {
  const to = target(server)
  const before = await server.settledUsage()
  await client.call('give', { target: to, ...document })
  const times: Figures[] = []
  for (let at = 0; at < openings; at++)
    times.push(await client.call('open', { target: to, room: document.room }))
  const after = await server.settledUsage()
  return {
    ms: median(times.map(({ ms }) => ms ?? null)),
    bytes: times[0]?.bytes ?? null,
    growth: after.resident - before.resident,
  }
}

async function afterRestart(cell: Cell, server: Running) {
  // Peers write some seconds after the last change, or when the room empties.
  await new Promise((resolve) => setTimeout(resolve, cell.kind.writesAfter))
  await server.stop()
  const again = await cell.start()
  const target = cell.target(again)
  const { ms: agenda } = await cell.client.call('open', { target, room: 0 })
  const before = await again.settledUsage()
  const { ms: edited } = await cell.client.call('open', { target, room: 1 })
  const after = await again.settledUsage()
  return { agenda, edited, growth: after.resident - before.resident }
}
