import type { Db } from '@/lib/db.ts'

/** Every act that leaves a row in the audit log. */
export type AuditAct =
  | 'signed-in'
  | 'meeting-created'
  | 'template-saved'
  | 'minutes-sent-noted'
  | 'planned-added'
  | 'item-transferred'
  | 'item-copied'
  | 'calendar-opened'
  | 'calendar-closed'
  | 'agenda-imported'
  | 'agenda-dispatched'
  | 'revision-started'
  | 'revision-ended'
  | 'late-reason-given'
  | 'deadlines-set'
  | 'offline-rule-set'
  | 'approval-rule-set'
  | 'stand-in-set'
  | 'stand-in-ended'
  | 'section-added'
  | 'section-renamed'
  | 'section-moved'
  | 'section-deleted'
  | 'section-restored'
  | 'item-added'
  | 'item-moved'
  | 'item-deleted'
  | 'item-restored'
  | 'item-closed'
  | 'item-opened'
  | 'document-renewed'
  | 'member-recused'
  | 'recusal-ended'
  | 'item-submitted'
  | 'item-approved'
  | 'item-returned'
  | 'approval-withdrawn'
  | 'version-named'
  | 'version-restored'
  | 'annex-added'
  | 'annex-deleted'
  | 'annex-restored'
  | 'thread-started'
  | 'comment-added'
  | 'comment-edited'
  | 'comment-deleted'
  | 'thread-resolved'
  | 'thread-reopened'
  | 'thread-narrowed'
  | 'thread-assigned'
  | 'thread-handled'
  | 'question-asked'
  | 'comments-exported'
  | 'answer-shared'
  | 'mail-pace-chosen'
  | 'mail-sent-again'

/** Who did what to which row. `data` holds ids, hashes and codes, never text of items or comments. */
export type AuditEntry = {
  bodyId: string | null
  userId: string | null
  act: AuditAct
  subjectId: string
  data?: Record<string, string | number | null>
}

/** Writes audit rows; call it inside the transaction of the act, so that both happen or neither. */
export async function audit(db: Db, ...entries: AuditEntry[]): Promise<void> {
  await db.auditEvent.createMany({ data: entries.map((entry) => ({ ...entry, data: entry.data ?? {} })) })
}
