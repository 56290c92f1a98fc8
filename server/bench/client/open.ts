import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Member } from './member.ts'
import { readCookies, type Target } from './target.ts'

/** One opening of a document: from dialling to its last byte, and its size on the wire. */
export const openedSchema = z.object({ ms: z.number(), bytes: z.number() })

/** One opening of a document: from dialling to its last byte, and its size on the wire. */
export type Opened = z.infer<typeof openedSchema>

const patience = 60_000

/** Opens a room with nothing in hand and leaves again. */
export async function openRoom(target: Target, room: number): Promise<Opened> {
  const visit = new Visit(target, room)
  try {
    return await visit.opened
  } finally {
    visit.leave()
  }
}

/** Gives a room a document, and resolves when the server would give it to others and, if it says so, has kept it. */
export async function giveDocument(
  target: Target,
  { room, file }: { room: number; file: string },
): Promise<Opened> {
  const state = new Uint8Array(readFileSync(file))
  const visit = new Visit(target, room)
  await visit.opened
  await visit.give(state)
  visit.leave()
  return openRoom(target, room)
}

/** One client that comes to a room. */
class Visit {
  readonly opened: Promise<Opened>
  readonly #target: Target
  readonly #member: Member
  #bytes = 0
  #kept: (() => void) | null = null
  #fail: (error: Error) => void = () => undefined

  constructor(target: Target, room: number) {
    this.#target = target
    const began = performance.now()
    let done: (opened: Opened) => void = () => undefined
    this.opened = new Promise((resolve, reject) => {
      done = resolve
      const timer = setTimeout(() => reject(new Error('The room does not open')), patience)
      timer.unref()
      this.#fail = reject
    })
    const context = {
      target,
      cookies: target.wire === 'ours' ? readCookies(target.cookieFile) : [],
      anchor: { client: 0, clock: 0 },
      synced: (_: Member, bytes: number) => {
        this.#bytes += bytes
        done({ ms: performance.now() - began, bytes: this.#bytes })
      },
      heard: (member: Member, bytes: Buffer, from: number) => this.#heard(member, bytes, from),
      closed: (_: Member, code: number) =>
        this.#fail(new Error(`The server closed the connection (${code})`)),
    }
    this.#member = new Member(context, room, room)
    this.#member.open()
  }

  #heard(member: Member, bytes: Buffer, from: number): void {
    if (bytes[from] === 100 && (bytes[from + 1] ?? 0) >= member.otherFrames) this.#kept?.()
  }

  async give(state: Uint8Array): Promise<void> {
    const kept = new Promise<void>((resolve) => {
      this.#kept = resolve
    })
    this.#member.give(state)
    if (this.#target.wire === 'ours') await kept
  }

  leave(): void {
    this.#member.drop()
  }
}
