import type { Page } from '@playwright/test'

/** Everything a page received: bodies of all answers and payloads of all socket frames. */
export type Received = { holds: (word: string) => Promise<string[]>; count: () => number }

/** Begins to keep every byte the page receives; `holds` names the sources in which a word stands. */
export function listenIn(page: Page): Received {
  const bodies: Promise<{ source: string; bytes: Buffer }>[] = []
  const empty = Buffer.alloc(0)
  page.on('response', (response) => {
    const source = response.url()
    // A redirect and an answer cut off by leaving the page have no body to read.
    const bytes = response.body().catch(() => empty)
    bodies.push(bytes.then((read) => ({ source, bytes: read })))
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
      return read.filter(({ bytes }) => bytes.includes(word)).map(({ source }) => source)
    },
  }
}
