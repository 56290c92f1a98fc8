import { parentPort } from 'node:worker_threads'
import { type Tasks, tasks } from './tasks.ts'

/* A work thread: does one task after the other; one that fails is answered with its error. */

type Order = { [Name in keyof Tasks]: { name: Name; given: Tasks[Name]['given'] } }[keyof Tasks]

parentPort?.on('message', (order: Order) => {
  try {
    parentPort?.postMessage({ ok: true, answer: perform(order) })
  } catch (error) {
    parentPort?.postMessage({ ok: false, error })
  }
})

function perform(order: Order): unknown {
  return order.name === 'read' ? tasks.read(order.given) : tasks[order.name](order.given)
}
