import { parentPort } from 'node:worker_threads'
import { type Parcel, unpack } from './parcel.ts'
import { type Tasks, tasks } from './tasks.ts'

/* A work thread: does one task after the other; one that fails is answered with its error. */

type Order = { name: keyof Tasks; parcel: Parcel }

parentPort?.on('message', (order: Order) => {
  try {
    parentPort?.postMessage({ ok: true, answer: perform(order) })
  } catch (error) {
    parentPort?.postMessage({ ok: false, error })
  }
})

function perform({ name, parcel }: Order): unknown {
  return tasks[name](unpack(parcel))
}
