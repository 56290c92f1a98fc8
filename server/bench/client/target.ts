import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What a client needs to know of a server: where it is and what its wire wants. */
export const targetSchema = z.object({
  port: z.number(),
  /** `plain`: y-websocket's wire, rooms made at the first visit; `ours`: with rights; `hocuspocus`: its own wire. */
  wire: z.enum(['plain', 'ours', 'hocuspocus']),
  /** A file with the first state of every room. */
  stateFile: z.string(),
  /** A file with the cookies of the people of ours. */
  cookieFile: z.string(),
})

/** What a client needs to know of a server. */
export type Target = z.infer<typeof targetSchema>

/** Rooms and how many clients each has. */
export const crowdSchema = z.object({ rooms: z.number(), perRoom: z.number() })

/** Rooms and how many clients each has. */
export type CrowdSize = z.infer<typeof crowdSchema>

const kept = new Map<string, string[]>()

/** Reads the Cookie headers of the people of ours; once. */
export function readCookies(file: string): string[] {
  const cookies = kept.get(file) ?? z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  kept.set(file, cookies)
  return cookies
}
