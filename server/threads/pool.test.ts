import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, readState } from '@/lib/agenda/doc.ts'
import { condense } from '@/lib/agenda/merge.ts'
import { Pool, poolLimits, TaskError } from './pool.ts'

const text = (letters: number) => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < letters; at++) doc.getText('a').insert(at, 'x')
  return updates
}

let pool: Pool
afterEach(() => pool.close())

test('[R64] a thread answers what would be answered here, many tasks at once', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  const updates = text(200)
  const state = createState({ ...emptyContent, title: 'Æblerne på Ærø' })
  const answers = await Promise.all([
    pool.run('condense', updates),
    pool.run('read', [state]),
    pool.run('condense', updates.slice(0, 50)),
    pool.run('read', [state]),
  ])
  const content = readState(state)
  expect(answers).toEqual([condense(updates), content, condense(updates.slice(0, 50)), content])
})

test('[R64] a task that fails fails alone', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  const broken = pool.run('read', [new Uint8Array([1, 2, 3])])
  const updates = text(3)
  const sound = pool.run('condense', updates)
  await expect(broken).rejects.toThrow()
  expect(await sound).toEqual(condense(updates))
})

test('[R64] a task that takes too long is cut off, and the next is done', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0, patience: 1, threads: 1 })
  await expect(pool.run('condense', text(20_000))).rejects.toBeInstanceOf(TaskError)
  await pool.close()
  pool = new Pool({ ...poolLimits, smallest: 0, threads: 1 })
  expect(await pool.run('condense', text(3))).toBeInstanceOf(Uint8Array)
})

test('[R64] the main thread goes on while a thread works', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0 })
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  await pool.run('condense', text(20_000))
  clearInterval(turning)
  expect(turns).toBeGreaterThan(5)
})

test('[R64] more tasks than may wait are refused', async () => {
  pool = new Pool({ ...poolLimits, smallest: 0, threads: 1, longestQueue: 1 })
  const updates = text(100)
  const work = [pool.run('condense', updates), pool.run('condense', updates)]
  await expect(pool.run('condense', updates)).rejects.toBeInstanceOf(TaskError)
  await Promise.all(work)
})
