import { EventEmitter } from 'node:events'

/** What changed, told inside the process after a commit. Carries ids only, never content. */
export type Signal =
  | { kind: 'meeting-changed'; meetingId: string; what: 'agenda' | 'approvals' | 'threads' }
  | { kind: 'item-rights-changed'; itemId: string }
  | { kind: 'user-rights-changed'; userId: string }
  | { kind: 'signed-out'; userId: string }

// The custom server and Next's bundles each load their own copy of this file, so the emitter hangs on globalThis.
const key = Symbol.for('dagsorden.signals')
const holder = globalThis as { [key]?: EventEmitter }

function emitter(): EventEmitter {
  holder[key] ??= new EventEmitter().setMaxListeners(0)
  return holder[key]
}

/** Tells every listener of this process that something changed; call it after the commit, never inside it. */
export function signal(event: Signal): void {
  emitter().emit('signal', event)
}

/** Tells every open page that words, and so perhaps approvals and places of comments, changed. */
export function wordsChanged(meetingId: string): void {
  for (const what of ['agenda', 'approvals', 'threads'] as const) {
    signal({ kind: 'meeting-changed', meetingId, what })
  }
}

/** Listens to all signals of this process; returns the function that stops listening. */
export function onSignal(listener: (event: Signal) => void): () => void {
  emitter().on('signal', listener)
  return () => emitter().off('signal', listener)
}
