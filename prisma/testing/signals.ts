import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db.ts'
import { onSignal, type Signal, signal } from '@/lib/signals.ts'

/** Runs `work` on the open database and answers the signals it sent, in their order. */
export async function signalsOf(work: () => Promise<unknown>): Promise<Signal[]> {
  const heard: Signal[] = []
  // Signals come in the order of their commits: when the last word is heard, all before it were.
  const last = { kind: 'signed-out' as const, userId: randomUUID() }
  let isOpen: () => void = () => undefined
  const open = new Promise<void>((resolve) => {
    isOpen = resolve
  })
  const ear = { close: () => Promise.resolve() }
  const all = new Promise<void>((resolve) => {
    const listening = onSignal({
      heard: (event) => {
        if (event.kind === 'signed-out' && event.userId === last.userId) resolve()
        else heard.push(event)
      },
      garbled: () => undefined,
      listening: (isListening) => isListening && isOpen(),
    })
    ear.close = () => listening.close()
  })
  try {
    await open
    await work()
    await signal(db(), last)
    await all
  } finally {
    await ear.close()
  }
  return heard
}
