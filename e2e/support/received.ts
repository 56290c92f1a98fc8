import type { Page, Response } from '@playwright/test'

/** Everything a page received: bodies of all answers and payloads of all socket frames. */
export type Received = {
  /** The sources in which a word stands. */
  holds: (word: string) => Promise<string[]>
  /** The answers whose bytes could not be had, although they had some. */
  unread: () => Promise<string[]>
  count: () => number
}

/** Begins to keep every byte the page receives. */
export function listenIn(page: Page): Received {
  const bodies: Promise<{ source: string; bytes: Buffer | null }>[] = []
  page.on('response', (response) => {
    const source = response.url()
    if (isRedirect(response.status())) return
    bodies.push(readBody(response).then((bytes) => ({ source, bytes })))
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      bodies.push(Promise.resolve({ source: socket.url(), bytes: Buffer.from(payload) }))
    })
  })
  return {
    count: () => bodies.length,
    holds: async (word) => {
      const read = await Promise.all(bodies)
      return read.filter(({ bytes }) => bytes?.includes(word)).map(({ source }) => source)
    },
    unread: async () => {
      const read = await Promise.all(bodies)
      return read.filter(({ bytes }) => bytes === null).map(({ source }) => source)
    },
  }
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

/**
 * The bytes of an answer. Fonts and the icon come out of the browser's cache without any; an answer cut off by leaving the
 * page was never received whole. Null when bytes were received and could not be had.
 */
async function readBody(response: Response): Promise<Buffer | null> {
  const none = Buffer.alloc(0)
  if (response.request().resourceType() === 'font' || response.url().includes('/icon.svg')) return none
  try {
    return await response.body()
  } catch {
    return response.request().failure() ? none : null
  }
}
