import { freePort } from '../../free-port.ts'
import { checkEqual, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import { ServerProcess } from '../server-process.ts'
import { keepTyping } from '../typing.ts'

const sentence = 'is in use by another Dagsorden process; stop that one first.'

/** Fault 8: two processes on one data folder. */
export const twice: Fault = {
  name: 'twice',
  number: 8,
  about: 'A second process is started on the folder of the first: it refuses, and the first goes on.',
  stores: ['embedded'],
  short: { times: 1 },
  long: { times: 50 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open()
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await settled(typists)
  const typing = keepTyping(typists, { below: site.below, every: 20 })
  for (let at = 0; at < scale.times; at++) {
    const second = new ServerProcess(site.program)
    const begun = second.begin({ port: await freePort(), env: site.databaseEnv(), limits: {} })
    const answer = await begun.then(() => 'It began', String)
    second.kill()
    if (!answer.includes(sentence)) throw new Violation('The second process did not refuse', { answer })
    if ((await second.ended()) !== 1) throw new Violation('The second process did not end by itself', {})
  }
  typing.stop()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  // A killed one leaves no lock behind.
  await site.kill()
  await site.start()
  await settled(typists)
  checkEqual(await site.stored(id), typists)
  return { 'started twice': scale.times, refused: scale.times, lost: 0 }
}
