import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent } from '@/lib/agenda/doc.ts'
import { condenseLog, DamagedRowError, type KeptLog, packLog, readLog } from '@/lib/agenda/kept-log.ts'
import { openUpdates } from '../opening.ts'
import { Pool, poolLimits, TaskError } from './pool.ts'

/** The log of so many letters. */
function letters(count: number): KeptLog {
  const doc = new Y.Doc()
  doc.clientID = 1
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < count; at++) doc.getText('a').insert(at, 'x')
  return packLog('document', updates)
}

const condensed = (log: KeptLog) => {
  const done = condenseLog(log)
  return { ...done, opening: openUpdates([done.state]) }
}

let pool: Pool
afterEach(() => pool.close())

test('[R64] a thread answers what would be answered here, many tasks at once', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  const item = packLog('item', [createState({ ...emptyContent, title: 'Æblerne på Ærø' })])
  const answers = await Promise.all([
    pool.run('condense', letters(200)),
    pool.run('read', item),
    pool.run('condense', letters(50)),
    pool.run('read', item, 1n),
  ])
  expect(answers).toEqual([condensed(letters(200)), readLog(item), condensed(letters(50)), null])
  expect(answers[1]).toMatchObject({ content: { title: 'Æblerne på Ærø' }, lastSeq: 1n })
})

test('[R64] a task that fails fails alone, by the name it fails with here', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  const log = letters(3)
  const broken = pool.run('open', { ...log, checksums: log.checksums?.replace(/^./, '-') ?? null })
  const sound = pool.run('condense', letters(3))
  await expect(broken).rejects.toMatchObject({
    name: 'DamagedRowError',
    message: new DamagedRowError('document', 'update 1').message,
  })
  expect(await sound).toEqual(condensed(letters(3)))
})

test('[R64] a task that takes too long is cut off, and the next is done', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0, patience: 1, threads: 1 })
  await expect(pool.run('condense', letters(20_000))).rejects.toBeInstanceOf(TaskError)
  await pool.close()
  pool = new Pool({ ...poolLimits, smallest: 0, threads: 1 })
  expect(await pool.run('condense', letters(3))).toMatchObject({ lastSeq: 3n })
})

test('[R64] the main thread goes on while a thread works', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  await pool.run('condense', letters(20_000))
  clearInterval(turning)
  expect(turns).toBeGreaterThan(5)
})

test('[R64] more tasks than may wait are refused', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0, threads: 1, longestQueue: 1 })
  const log = letters(100)
  const work = [pool.run('condense', log), pool.run('condense', log)]
  await expect(pool.run('condense', log)).rejects.toBeInstanceOf(TaskError)
  await Promise.all(work)
})
