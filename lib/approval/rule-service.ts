import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipNow } from '@/lib/identity/membership-service.ts'
import { canBody } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import type { ApprovalRule } from './rules.ts'
import * as store from './store.ts'

/** Who of the chairmanship must approve, for those who may set it. Throws not-found or forbidden. */
export async function loadRule(
  actor: Actor,
  bodyId: string,
  clock: Clock = systemClock,
): Promise<ApprovalRule> {
  await maySet(db(), actor, { bodyId, now: clock() })
  return store.findRule(db(), bodyId)
}

async function maySet(handle: Db, { userId }: Actor, { bodyId, now }: { bodyId: string; now: Date }) {
  const subject = await membershipNow(handle, { bodyId, userId, today: dayOf(now) })
  if (!subject) throw new AppError('not-found')
  if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer')) throw new AppError('forbidden')
}

/**
 * Sets who of the chairmanship must approve an item. What has been said stays; where each item stands follows from the
 * new rule at once. Refuses with not-found or forbidden.
 */
export async function setRule(
  actor: Actor,
  { bodyId, rule }: { bodyId: string; rule: ApprovalRule },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const { userId } = actor
    await maySet(tx, actor, { bodyId, now: clock() })
    const meetings = await store.updateRule(tx, bodyId, rule)
    await audit(tx, { bodyId, userId, act: 'approval-rule-set', subjectId: bodyId, data: { rule } })
    const told = meetings.map((meetingId) => ({
      kind: 'meeting-changed' as const,
      meetingId,
      what: 'approvals' as const,
    }))
    if (told.length > 0) await signal(tx, ...told)
  })
}
