import type { MeetingLine } from '@/lib/meeting/schema.ts'

const pages = { workspace: '', approve: '/godkend', read: '/laes' } as const
const labels = { workspace: 'openWorkspace', approve: 'openApprove', read: 'openRead' } as const

/** Where this reader begins with a meeting. */
export function openPath(meeting: MeetingLine): string {
  return `/moeder/${meeting.id}${pages[meeting.open]}`
}

/** What that is called. */
export function openLabel(meeting: MeetingLine) {
  return labels[meeting.open]
}
