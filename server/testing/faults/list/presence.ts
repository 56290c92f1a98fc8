import { messageTypes } from '@/lib/sync/messages.ts'
import { writePresence } from '../../../protocol.ts'
import { RawClient } from '../../raw-client.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { keepTyping, pause, quantile } from '../typing.ts'

const megabyte = 1024 * 1024

/** Fault 17: a flood of presence in one room. */
export const presence: Fault = {
  name: 'presence',
  number: 17,
  about:
    'Hundreds in one room say twenty times a second where they are: gathered, nobody is cut off, and words go first.',
  stores: ['postgresql'],
  short: { times: 1, people: 40, seconds: 2 },
  long: { times: 1, people: 500, seconds: 20 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const { people = 40, seconds = 2 } = scale
  const site = await open()
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 50 })
  const crowd = Array.from(
    { length: people },
    (_, at) => new RawClient(`${site.url}/item/${id}`, site.headers(at)),
  )
  const heard = { frames: 0, bytes: 0 }
  const closes: number[] = []
  for (const client of crowd) {
    client.ws.removeAllListeners('message')
    client.ws.on('message', (data: Buffer) => {
      if (data[0] !== messageTypes.awareness) return
      heard.frames++
      heard.bytes += data.length
    })
    void client.closed.then((code) => closes.push(code))
  }
  await Promise.all(crowd.map((client) => client.opened()))
  await pause(500)
  const calm = typists.flatMap(({ delays }) => delays.splice(0))
  const { resident } = await site.figures({ collect: true })
  heard.frames = 0
  heard.bytes = 0
  let said = 0
  const began = performance.now()
  for (let clock = 1; performance.now() - began < seconds * 1000; clock++) {
    for (const [at, client] of crowd.entries()) {
      const state = JSON.stringify({ cursor: { anchor: { tname: 'background', at: clock }, head: { at } } })
      client.send(writePresence([{ clientId: 1000 + at, clock, state }]))
      said++
    }
    await pause(Math.max(0, clock * 50 - (performance.now() - began)))
  }
  const passed = (performance.now() - began) / 1000
  const { loop, resident: full } = await site.figures()
  const cutOff = closes.length
  for (const client of crowd) client.close()
  typing.stop()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  if (cutOff > 0 || typists.some((typist) => typist.closes.length > 0))
    throw new Violation('Somebody was cut off', { codes: [...new Set(closes)], cutOff })
  return {
    people,
    'said per second': Math.round(said / passed),
    'told each per second': Math.round((heard.frames / people / passed) * 10) / 10,
    'MB told per second': Math.round(heard.bytes / megabyte / passed),
    'edit to acknowledgement p99 ms, before': Math.round(quantile(calm, 0.99)),
    'edit to acknowledgement p99 ms, meanwhile': Math.round(
      quantile(
        typists.flatMap(({ delays }) => delays),
        0.99,
      ),
    ),
    'loop p99 ms': Math.round(loop.p99),
    'memory grew MB': Math.round((full - resident) / megabyte),
  }
}
