import { accountFor } from './account.ts'
import { composeAgenda } from './compose.ts'
import { decodeAgendaFile } from './decode.ts'
import { draftAgenda } from './draft.ts'
import { readLines } from './lines.ts'
import type { AgendaText, ImportRefusal, ProofLine } from './schema.ts'

/** The most lines read, some thousand pages: more would keep everyone else waiting. */
export const agendaLineLimit = 40_000

/** An agenda with the proof that every source line is accounted for, or why the text is none. */
export type ReadAgenda =
  | { ok: true; agenda: AgendaText; proof: ProofLine[] }
  | { ok: false; reason: ImportRefusal }

/** Reads an agenda file of UTF-8 bytes: decodes it and reads its text. */
export function readAgendaFile(bytes: Uint8Array): ReadAgenda {
  const decoded = decodeAgendaFile(bytes)
  return decoded.ok ? readAgendaText(decoded.text) : decoded
}

/** Reads a text taken out of a PDF as an agenda: sections and items by number, their fields, annexes and links. */
export function readAgendaText(text: string): ReadAgenda {
  const lines = readLines(text)
  if (lines.length === 0) return { ok: false, reason: 'import-empty' }
  if (lines.length > agendaLineLimit) return { ok: false, reason: 'import-too-large' }
  const draft = draftAgenda(lines)
  if (draft.sections.every((section) => section.items.length === 0)) {
    return { ok: false, reason: 'import-not-an-agenda' }
  }
  const { account, hyphens, proof } = accountFor(lines, draft)
  return { ok: true, agenda: { ...composeAgenda(draft), account, hyphens }, proof }
}
