import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { childEnvironment } from '@/lib/env.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { projectRoot } from '@/prisma/root.ts'
import { settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import type { Typist } from '../typist.ts'
import { sayingsOf, wordsOf } from '../words.ts'

/** Fault 25: the database is put back from a backup under open clients that know more than it. */
export const restore: Fault = {
  name: 'restore',
  number: 25,
  about:
    'A backup is put back while clients are open: those with newer words are refused for good and say what is not saved, nothing of theirs comes in, and the backup’s words are written on.',
  stores: ['embedded', 'postgresql'],
  shortStores: ['postgresql'],
  short: { times: 1 },
  long: { times: 10 },
  run,
}

const words = 5
/** The generation of a document after one restore. */
const renewed = 2

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open()
  for (let times = 0; times < scale.times; times++) await restoreOnce(site)
  return { restored: scale.times, 'newer words that came in': 0, 'clients that were not told': 0 }
}

async function restoreOnce(site: Site): Promise<void> {
  const { id } = await site.item()
  const typists = [0, 1].map(() => site.typist(id).come())
  await writeAndSave(typists)
  const kept = sayingsOf(await site.stored(id))
  await site.kill()
  const putBack = await site.backUp()
  await site.start()
  // Saved, and lost with the restore; and then words that were never saved.
  await writeAndSave(typists)
  await site.kill()
  for (const typist of typists) typist.write()
  await putBack()
  await runCommand(site)
  await site.start()
  for (const typist of typists) {
    await typist.until(({ refusal }) => refusal === closeCodes.otherGeneration, 20_000, 'the refusal')
    if (typist.isSaved) throw new Violation('Shown as saved after a restore', { name: typist.name })
  }
  const writer = site.typist(id, { generation: renewed }).come()
  await settled([writer])
  for (const doc of [writer.doc, await site.stored(id, renewed)])
    if (sayingsOf(doc) !== kept) throw new Violation('Something else than the backup is there', { id })
  const word = writer.write()
  await settled([writer])
  if (wordsOf(await site.stored(id, renewed)).get(word) !== 1)
    throw new Violation('The words of the backup can not be written on', { id })
  writer.close()
}

async function writeAndSave(typists: Typist[]): Promise<void> {
  await settled(typists)
  for (let at = 0; at < words; at++) for (const typist of typists) typist.write()
  await settled(typists)
}

/** What an administrator runs after a restore. */
async function runCommand(site: Site): Promise<void> {
  const env = childEnvironment({ ...site.ownDatabase(), AUTH_SECRET: 'x'.repeat(32) })
  const args = ['--import', 'tsx', 'prisma/restored.ts']
  await promisify(execFile)(process.execPath, args, { cwd: projectRoot, env })
}
