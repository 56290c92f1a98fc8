import type { Page } from '@playwright/test'

/** How many bytes of script a page brings over the wire until it rests, and what the scripts say. */
export async function scriptOf(
  page: Page,
  url: string,
): Promise<{ bytes: number; first: number; texts: string[] }> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Set<string>()
  const sizes = new Map<string, number>()
  client.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) sizes.set(requestId, encodedDataLength)
  })
  const sum = () => [...sizes.values()].reduce((total, size) => total + size, 0)
  await page.goto(url, { waitUntil: 'load' })
  const first = sum()
  await page.waitForLoadState('networkidle')
  const texts = await Promise.all(
    [...sizes.keys()].map(async (requestId) => {
      const { body } = await client.send('Network.getResponseBody', { requestId })
      return body
    }),
  )
  await client.detach()
  return { bytes: sum(), first, texts }
}
