import { createTranslator } from 'next-intl'
import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { calendarDay, formatDay, formatMeetingTime } from '@/lib/i18n/dates.ts'
import { type Locale, messages } from '@/lib/i18n/messages.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { threadState } from './overview.ts'
import { loadAllComments } from './overview-service.ts'
import { type TableWords, tableCsv, tableFileName, tableRows } from './table.ts'
import { tableDocx } from './table-docx.ts'

/** The files a table of comments can be had as. */
export const tableFormats = ['csv', 'docx'] as const

/** What the actor wants exported, and in which language the table is written. */
export type TableWish = { meetingId: string; format: (typeof tableFormats)[number]; locale: Locale }

/**
 * All comments on an agenda the actor, of the secretariat, may read, as a file; their own private notes stay behind.
 * Throws not-found, also to others.
 */
export async function exportComments(
  actor: Actor,
  { meetingId, format, locale }: TableWish,
  clock: Clock = systemClock,
): Promise<{ fileName: string; contentType: string; data: Uint8Array<ArrayBuffer> }> {
  const { meeting, body, items, threads, takers } = await loadAllComments(actor, meetingId, clock)
  const { words, title, subtitle, empty, fileWord } = tableWords(locale)
  const ours = new Set(takers.map(({ userId }) => userId))
  const rows = tableRows({ items, threads, stateOf: (thread) => threadState(thread, ours) }, words)
  const day = formatDay(meeting.startsAt, locale)
  const fileName = tableFileName([fileWord, body.slug, calendarDay(meeting.startsAt)])
  const about = { title, subtitle: subtitle({ body: body.name, day, place: meeting.place }), empty }
  const data =
    format === 'csv'
      ? new TextEncoder().encode(tableCsv(rows, words))
      : await tableDocx({ ...about, author: actor.name, language: languages[locale], rows, words })
  await audit(db(), {
    bodyId: body.id,
    userId: actor.userId,
    act: 'comments-exported',
    subjectId: meetingId,
    data: { format, comments: rows.length },
  })
  return { fileName: `${fileName}.${format}`, contentType: contentTypes[format], data }
}

const languages: Record<Locale, string> = { da: 'da-DK', en: 'en-GB' }
const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** The words of the table of comments and of its file, in one language. */
export function tableWords(locale: Locale) {
  const t = createTranslator({ locale, messages: messages[locale].comments })
  const { all, scope, table, deleted } = messages[locale].comments
  const words: TableWords = {
    heads: table.heads,
    kind: all.kind,
    // "My group" to its members is somebody's to who reads a table.
    scope: { ...scope, group: table.group },
    state: all.state,
    deleted,
    closed: (title) => t('table.closed', { title }),
    numbered: (number) => t('table.numbered', { number }),
    when: (at) => formatMeetingTime(at, locale),
  }
  return {
    words,
    title: table.title,
    subtitle: (about: { body: string; day: string; place: string }) => t('table.subtitle', about),
    empty: all.empty.all,
    fileWord: table.file,
  }
}
