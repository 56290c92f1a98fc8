import type { Cell, Workload } from './workload.ts'

/** What is kept of 100,000 keystrokes, when the process is killed right after the last and when it had time to tidy. */
export const stored: Workload = {
  name: 'stored',
  title: 'Stored after 100,000 keystrokes',
  figures: [
    { key: 'dataBefore', label: 'data × merged, at once', digits: 2 },
    { key: 'diskBefore', label: 'on disk, at once, kB', digits: 0 },
    { key: 'openBefore', label: 'first open, ms', digits: 0 },
    { key: 'dataAfter', label: 'data × merged, compacted', digits: 2 },
    { key: 'diskAfter', label: 'on disk, compacted, kB', digits: 0 },
    { key: 'openAfter', label: 'first open then, ms', digits: 0 },
    { key: 'perSecond', label: 'keystrokes/s taken', digits: 0 },
  ],
  suits: (kind) => kind.keeps,
  patienceSeconds: 180,
  measure: async (cell) => {
    const { client, target, documents, kind } = cell
    const server = await cell.start()
    const { ms } = await client.call('write', { target, room: 0, file: documents.keystrokes })
    // Ours has told that all is kept; the others are given the time they need.
    if (kind.wire !== 'ours') await written(cell)
    await server.kill()
    const before = await sizes(cell)
    const openBefore = await openTwice(cell)
    const after = await sizes(cell)
    const openAfter = await openOnce(cell)
    return {
      dataBefore: before.data,
      diskBefore: before.disk,
      openBefore,
      dataAfter: after.data,
      diskAfter: after.disk,
      openAfter,
      perSecond: 100_000_000 / ms,
    }
  },
}

/** Waits until what is kept has stopped growing, and no shorter than the server puts off its writing. */
async function written({ kind, prepared }: Cell): Promise<void> {
  for (let disk = -1; ; ) {
    await wait(Math.max(kind.writesAfter, 1000))
    const { disk: now } = await prepared.store.storedBytes()
    if (now === disk) return
    disk = now
  }
}

async function sizes({ prepared, documents }: Cell): Promise<{ data: number | null; disk: number }> {
  const { data, disk } = await prepared.store.storedBytes()
  return { data: data === null ? null : data / documents.keystrokesBytes, disk: disk / 1000 }
}

/** The first opening after a start; then time to tidy up, for who does that in the background. */
const tidiesWithin = 15_000
const othersWithin = 2000

async function openTwice({ kind, start, client, target, documents }: Cell): Promise<number> {
  const server = await start()
  const { ms } = await client.call('open', { target, room: 0, atLeast: documents.keystrokesBytes * 0.9 })
  await wait(kind.wire === 'ours' ? tidiesWithin : othersWithin)
  await server.stop()
  return ms
}

async function openOnce({ start, client, target, documents }: Cell): Promise<number> {
  const server = await start()
  const { ms } = await client.call('open', { target, room: 0, atLeast: documents.keystrokesBytes * 0.9 })
  await server.stop()
  return ms
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
