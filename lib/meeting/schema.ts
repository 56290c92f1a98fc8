import type { Role } from '@/lib/identity/rules.ts'

/** A meeting as a line in a list. `open` is where this reader begins. */
export type MeetingLine = {
  id: string
  startsAt: string
  place: string
  state: 'preparing' | 'dispatched' | 'held' | 'recorded'
  items: number
  /** Was any of its items sent to approval? */
  submitted: boolean
  open: 'workspace' | 'approve' | 'read'
}

/** The meetings of one body a person belongs to: those to come with the nearest first, then those held, latest first. */
export type BodyMeetings = {
  bodyId: string
  name: string
  role: Role
  mayImport: boolean
  coming: MeetingLine[]
  past: MeetingLine[]
}
