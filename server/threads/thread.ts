import { parentPort } from 'node:worker_threads'
import { type Order, tasks } from './tasks.ts'

/* A work thread: does one task after the other; one that fails is answered with what is known of its error. */

parentPort?.on('message', (order: Order) => {
  try {
    parentPort?.postMessage({ ok: true, answer: perform(order) })
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    parentPort?.postMessage({ ok: false, name, message })
  }
})

function perform({ name, log, before }: Order): unknown {
  return tasks[name](log, before)
}
