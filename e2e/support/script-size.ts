import type { Page } from '@playwright/test'

/** The scripts of a page: what each weighs over the wire with its headers, in bytes, and what it says. */
export type PageScripts = { url: string; bytes: number; text: string; isFirst: boolean }[]

/** Loads a page without a cache, and tells all scripts it brought until it rested; the first are those its HTML names. */
export async function scriptsOf(page: Page, url: string): Promise<PageScripts> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.setCacheDisabled', { cacheDisabled: true })
  const urls = new Map<string, string>()
  const sizes = new Map<string, number>()
  client.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') urls.set(requestId, response.url)
  })
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (urls.has(requestId)) sizes.set(requestId, encodedDataLength)
  })
  const response = await page.goto(url, { waitUntil: 'networkidle' })
  const html = (await response?.text()) ?? ''
  await client.detach()
  return Promise.all(
    [...sizes].map(async ([requestId, bytes]) => {
      const script = urls.get(requestId) ?? ''
      const text = await (await page.request.get(script)).text()
      return { url: script, bytes, text, isFirst: html.includes(`src="${new URL(script).pathname}"`) }
    }),
  )
}

/** How many bytes these scripts weigh together. */
export function weightOf(scripts: PageScripts): number {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0)
}
