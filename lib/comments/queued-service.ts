import { type Clock, systemClock } from '@/lib/clock.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import type { Sent } from './queued-schema.ts'
import { ask, reply, startThread } from './service.ts'

/**
 * Keeps what a person wrote without a net, now that there is one; what was kept already is not kept twice. Throws
 * not-signed-in where somebody else is signed in now, and what `startThread`, `ask` and `reply` throw.
 */
export async function sendQueued(
  actor: Actor,
  { userId, kind, input }: Sent,
  clock: Clock = systemClock,
): Promise<void> {
  if (userId !== actor.userId) throw new AppError('not-signed-in')
  switch (kind) {
    case 'thread':
      return void (await startThread(actor, input, clock))
    case 'question':
      return void (await ask(actor, input, clock))
    case 'reply':
      return void (await reply(actor, input, clock))
  }
}
