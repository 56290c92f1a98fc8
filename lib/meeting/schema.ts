import { z } from 'zod'
import { kinds } from '@/lib/agenda/doc.ts'
import type { Role } from '@/lib/identity/rules.ts'
import type { Matched } from './backlog.ts'
import type { Departure } from './departures.ts'

/** What an item that stands on every agenda is for: the last meeting's minutes, or what the next is to take up. */
export const standings = ['minutes', 'next'] as const

/** One of `standings`. */
export type Standing = (typeof standings)[number]

/** The written fields a template may begin, in print order. */
export const templateFields = ['background', 'recommendation', 'presentation'] as const

const key = z.string().min(1).max(60)
const title = z.string().trim().min(1).max(300)
const text = z.string().trim().max(5000)

const templateItem = z.object({
  key,
  title,
  standing: z.enum(standings).nullable(),
  kind: z.enum(kinds).nullable(),
  background: text,
  recommendation: text,
  presentation: text,
})

/** Checks a body's template: sections and standing items, texts as written in a plain field. */
export const templateSchema = z.object({
  sections: z
    .array(z.object({ key, title, items: z.array(templateItem).max(40) }))
    .min(1)
    .max(40)
    .refine((sections) => {
      const keys = sections.flatMap((section) => [section.key, ...section.items.map((item) => item.key)])
      return new Set(keys).size === keys.length
    }),
})

/** What a body's new meetings begin with. */
export type Template = z.infer<typeof templateSchema>

/** An item that stands on every agenda of a body, with help text in square brackets. */
export type TemplateItem = Template['sections'][number]['items'][number]

const id = z.uuid()
const day = z.iso.date()

/** What the browser may ask of meetings; actions parse these before anything else happens. */
export const requests = {
  saveTemplate: z.object({ bodyId: id, revision: z.int().min(0), template: templateSchema }),
  createMeeting: z.object({
    bodyId: id,
    startsAt: z.string().max(40),
    place: z.string().trim().min(1).max(200),
    minutesSentOn: day.nullable(),
  }),
  announce: z.object({ meetingId: id, point: title }),
  openCalendar: z.object({}),
  closeCalendar: z.object({}),
} as const

/**
 * What one meeting says of the next: its points, each with the item of the next that has its title, and the items of the
 * next it says nothing of. `sections` are where the reader may put a new item of the next meeting.
 */
export type BacklogView = Matched & {
  from: { meetingId: string; startsAt: string }
  to: { meetingId: string; startsAt: string } | null
  /** The item that holds the list; null where the agenda has none. */
  itemId: string | null
  /** It was sent: what it says stands. */
  frozen: boolean
  mayAdd: boolean
  sections: { id: string; title: string; number: string }[]
}

/** What a meeting's plan page shows; `mayEditTemplate` is the body whose template the reader may edit. */
export type MeetingPlan = {
  meeting: { id: string; startsAt: string; bodyName: string }
  mayEditTemplate: string | null
  departures: Departure[]
  fromPrevious: BacklogView | null
  toNext: BacklogView
}

/** A body's template as its editor sees it; revision 0 is the one every body begins with. */
export type TemplateView = { bodyId: string; name: string; revision: number; template: Template }

/** A body in which the reader may plan a meeting; `meetings` are those held or planned, the latest first. */
export type PlannableBody = {
  id: string
  name: string
  meetings: { id: string; startsAt: string; place: string; minutesSentOn: string | null }[]
}

/** A meeting as a line in a list. `open` is where this reader begins. */
export type MeetingLine = {
  id: string
  startsAt: string
  place: string
  state: 'preparing' | 'dispatched' | 'held' | 'recorded'
  items: number
  /** How many of them the reader may read by their present words, and how many nobody has sent to review. */
  readable: number
  drafts: number
  /** Was any of its items sent to approval? */
  submitted: boolean
  /** Is its agenda being written on, before the first dispatch or after one? */
  isOpen: boolean
  open: 'workspace' | 'approve' | 'read'
}

/** The meetings of one body a person belongs to: those to come with the nearest first, then those held, latest first. */
export type BodyMeetings = {
  bodyId: string
  name: string
  role: Role
  mayImport: boolean
  mayPlan: boolean
  mayEditTemplate: boolean
  coming: MeetingLine[]
  past: MeetingLine[]
}
