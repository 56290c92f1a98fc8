import { median } from '../median.ts'
import type { Running } from '../servers/child.ts'
import type { Cell, Workload } from './workload.ts'

const openings = 5
const megabyte = 1024 * 1024
// Of the bytes given, what has surely come when all has; servers write the same document a little differently.
const wholeShare = 0.9

type Document = { room: number; file: string; bytes: number }

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
  ],
  suits: () => true,
  patienceSeconds: 120,
  measure: async (cell) => {
    const server = await cell.start()
    const { agendaBytes, editedBytes, agenda: agendaFile, edited: editedFile } = cell.documents
    const agenda = await loaded(cell, server, { room: 0, file: agendaFile, bytes: agendaBytes })
    const edited = await loaded(cell, server, { room: 1, file: editedFile, bytes: editedBytes })
    await cell.client.call('leave', {})
    const restarted = cell.kind.keeps ? await afterRestart(cell, server) : null
    return {
      agendaLoaded: agenda.ms,
      editedLoaded: edited.ms,
      agendaRestarted: restarted?.agenda ?? null,
      editedRestarted: restarted?.edited ?? null,
      growth: (restarted?.growth ?? edited.growth) / megabyte,
    }
  },
}

async function loaded({ client, target }: Cell, server: Running, { room, file, bytes }: Document) {
  const before = await server.settledUsage()
  await client.call('give', { target, room, file })
  const times: number[] = []
  for (let at = 0; at < openings; at++) {
    times.push((await client.call('open', { target, room, atLeast: bytes * wholeShare })).ms)
  }
  const after = await server.settledUsage()
  return { ms: median(times), growth: after.resident - before.resident }
}

async function afterRestart({ kind, client, target, start, documents }: Cell, server: Running) {
  await new Promise((resolve) => setTimeout(resolve, kind.writesAfter))
  await server.stop()
  const again = await start()
  const agenda = await client.call('open', { target, room: 0, atLeast: documents.agendaBytes * wholeShare })
  const before = await again.settledUsage()
  const edited = await client.call('open', { target, room: 1, atLeast: documents.editedBytes * wholeShare })
  const after = await again.settledUsage()
  return { agenda: agenda.ms, edited: edited.ms, growth: after.resident - before.resident }
}
