import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { greeting, RawSocket } from '../raw-socket.ts'
import { keepTyping, pause, quantile } from '../typing.ts'

const megabyte = 1024 * 1024

/** Fault 18: thousands of sockets that say nothing. */
export const silent: Fault = {
  name: 'silent',
  number: 18,
  about:
    'Thousands of sockets say nothing, half a greeting, or come in and say nothing: those who type notice nothing, and the silent are closed.',
  stores: ['postgresql'],
  short: { times: 200, limit: 100 },
  long: { times: 5000, limit: 2000 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const { times, limit = 2000 } = scale
  const site = await open({ maxConnections: limit })
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 30 })
  const before = await site.figures({ collect: true })
  const { port } = site
  const sockets = Array.from({ length: times }, (_, at) => {
    const settings = {
      port,
      at,
      path: `/sync/item/${id}`,
      headers: { ...site.headers(at), Origin: `http://127.0.0.1:${port}` },
    }
    const raw = new RawSocket(settings)
    const hello = greeting(settings)
    if (at % 3 === 1) void raw.write(hello.subarray(0, hello.length - 20))
    if (at % 3 === 2) void raw.write(hello)
    return raw
  })
  const lived = sockets.filter((_, at) => at % 3 !== 2).map(({ closed }) => closed)
  await pause(1000)
  const { resident, connections } = await site.figures()
  if (connections > limit) throw new Violation('More sockets than the limit', { connections })
  const grown = resident - before.resident
  const ages = await Promise.race([Promise.all(lived), pause(20_000).then(() => null)])
  if (ages === null) throw new Violation('Silent sockets were kept for 20 s', {})
  for (const { socket } of sockets) socket.destroy()
  typing.stop()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  if (typists.some(({ closes }) => closes.length > 0)) throw new Violation('Who typed was closed', {})
  return {
    sockets: times,
    'silent closed after ms, at most': Math.round(Math.max(...ages)),
    'memory grew MB': Math.round((grown / megabyte) * 10) / 10,
    'edit to acknowledgement p99 ms': Math.round(
      quantile(
        typists.flatMap(({ delays }) => delays),
        0.99,
      ),
    ),
  }
}
