import { readFileSync, writeFileSync } from 'node:fs'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { frameOf, greeting, RawSocket } from '../raw-socket.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'

const megabyte = 1024 * 1024

/** Fault 16: a frame far over the limit. */
export const bigFrame: Fault = {
  name: 'big-frame',
  number: 16,
  about:
    '100 MB in one frame, in fragments, and with the compressed bit: refused with 1009 before they are buffered.',
  stores: ['postgresql'],
  short: { times: 1, megabytes: 100 },
  long: { times: 20, megabytes: 100 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open()
  const { id } = await site.item()
  const typist = site.typist(id).come()
  await settled([typist])
  const grown: number[] = []
  const closedAfter: number[] = []
  for (let at = 0; at < scale.times; at++) {
    for (const manner of ['whole', 'fragments', 'compressed'] as const) {
      const { growth, took } = await sendBig(site, id, { manner, bytes: (scale.megabytes ?? 100) * megabyte })
      grown.push(growth)
      closedAfter.push(took)
    }
  }
  typist.write()
  await settled([typist])
  checkEqual(await site.stored(id), [typist])
  return {
    frames: grown.length,
    'memory grew MB, at most': Math.round((Math.max(...grown) / megabyte) * 10) / 10,
    'closed after ms, at most': Math.round(Math.max(...closedAfter)),
  }
}

type Big = { manner: 'whole' | 'fragments' | 'compressed'; bytes: number }

async function sendBig(site: Site, itemId: string, { manner, bytes }: Big) {
  const { port } = site
  const headers = { ...site.headers(1), Origin: `http://127.0.0.1:${port}` }
  const settings = { port, path: `/sync/item/${itemId}`, headers }
  const raw = new RawSocket(settings)
  await raw.write(greeting(settings))
  await raw.outcome(Buffer.from('101 Switching'), 5000)
  await site.figures({ collect: true })
  resetPeak(site.server.pid)
  const before = peakOf(site.server.pid)
  const piece = Buffer.alloc(64 * 1024)
  const began = performance.now()
  let isClosed = false
  const closed = raw.closed.then(() => {
    isClosed = true
    return performance.now() - began
  })
  if (manner === 'fragments') await raw.write(frameOf(piece, { final: false }))
  else
    await raw.write(frameOf(new Uint8Array(), { length: bytes, reserved: manner === 'compressed' ? 4 : 0 }))
  for (let sent = 0; sent < bytes && !isClosed; sent += piece.length) {
    await raw.write(manner === 'fragments' ? frameOf(piece, { opcode: 0, final: false }) : piece)
  }
  const took = await Promise.race([closed, pause(10_000).then(() => null)])
  if (took === null) throw new Violation('A frame far over the limit was not refused', { manner })
  const wanted: number = manner === 'compressed' ? closeCodes.protocolError : closeCodes.tooBig
  if (raw.code !== null && raw.code !== wanted)
    throw new Violation('Closed with another code', { manner, code: raw.code })
  const growth = peakOf(site.server.pid) - before
  // Twice the limit, and what a process of this kind breathes.
  if (growth > 2 * megabyte + 30 * megabyte) throw new Violation('The frame was buffered', { manner, growth })
  return { growth, took }
}

// Linux keeps the highest resident memory of a process, and forgets it when told to.
function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

function peakOf(pid: number): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
