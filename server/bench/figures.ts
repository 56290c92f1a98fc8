import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { systemChromium } from '@/e2e/support/chromium.ts'
import { arrive } from '@/e2e/support/people.ts'
import { startServer, type TestServer } from '@/e2e/support/server.ts'
import makeTemplate from '@/e2e/support/template.ts'
import { caretAtEnd, goTo, item, openLive, openMeeting, saved, visit } from '@/e2e/support/workspace.ts'
import { demoPeople } from '@/prisma/demo/people.ts'
import { projectRoot } from '@/prisma/root.ts'
import { buildWhenChanged } from '../build.ts'

/*
 * `npm run figures`: what a person waits for, measured in a real browser against the built server with the embedded
 * store, each several times, as medians. Absolute times drift with the machine; read them beside its core count.
 */

const rounds = 5
const letters = 60

await buildWhenChanged(() => undefined)
await makeTemplate()
const executablePath = systemChromium()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})
say(`cores: ${cpus().length}, node ${process.versions.node}`)
await measureStart()
const server = await startServer()
try {
  await measureWorkspace(browser, server)
  await measureTyping(browser, server)
  await measureStates(browser, server)
  await measureMemory(browser, server)
} finally {
  await browser.close()
  await server.dispose()
}

async function measureStart(): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const started = await startServer()
    times.push(performance.now() - began)
    await started.dispose()
  }
  say(`start on existing data, process to greeting: ${ms(median(times))}`)
}

async function measureWorkspace(browser: Browser, { url }: TestServer): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await arrive(context, 'jhp', url)
  const small = await openMeeting(page)
  const large = await importForty(page, url)
  for (const [name, meeting] of [
    ['9 items', small],
    ['40 items', large],
  ] as const) {
    const text: number[] = []
    const ready: number[] = []
    let script = 0
    for (let round = 0; round < rounds; round++) {
      // A context of its own, so that nothing comes out of the browser's cache.
      const fresh = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        storageState: await context.storageState(),
      })
      const opened = await openCold(fresh, `${url}${meeting}`)
      text.push(opened.text)
      ready.push(opened.ready)
      script = opened.script
      await fresh.close()
    }
    say(
      `workspace, ${name}: text ${ms(median(text))}, ready to type ${ms(median(ready))}, script ${Math.round(script / 1000)} kB gzip`,
    )
  }
  await context.close()
}

async function openCold(context: Awaited<ReturnType<Browser['newContext']>>, url: string) {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('article [contenteditable="true"]').first().waitFor()
  const ready = await page.evaluate(() => performance.now())
  const text = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  )
  await page.waitForLoadState('networkidle')
  const script = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
      .filter((entry) => entry.name.includes('.js'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  )
  return { text, ready, script }
}

async function importForty(page: Page, url: string): Promise<string> {
  const paragraph = readFileSync(path.join(projectRoot, 'prisma/demo/agenda.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.length > 60 && /^[A-ZÆØÅa-zæøå]/.test(line))
    .slice(0, 12)
    .join('\n')
  const items = Array.from(
    { length: 40 },
    (_, at) =>
      `${Math.floor(at / 8) + 1}.${(at % 8) + 1}. Sag nummer ${at + 1}\n\nSAG-2026-01184 jhp\n\nBaggrund\n\n${paragraph}\n\nIndstilling\n\nDet indstilles, at KKR Midtjylland drøfter sagen.\n\nSagsfremstilling\n\n${paragraph}\n`,
  )
  const text = items
    .map((item, at) => (at % 8 === 0 ? ` ${at / 8 + 1}. Hovedpunkt ${at / 8 + 1}\n\n\n${item}` : item))
    .join('\n\n')
  const bodyId = await bodyOf(page, url)
  const answer = await page.request.post(`${url}/api/import`, {
    multipart: {
      file: { name: 'forty.txt', mimeType: 'text/plain', buffer: Buffer.from(`\n\n${text}`) },
      bodyId,
      startsAt: '2027-03-05T09:30',
      place: 'Viborg',
    },
  })
  const { meetingId } = await answer.json()
  const agenda = await (await page.request.get(`${url}/api/meetings/${meetingId}/agenda`)).json()
  const count = agenda.sections.flatMap((section: { items: unknown[] }) => section.items).length
  if (count !== 40) throw new Error(`The generated agenda came in with ${count} items`)
  return `/moeder/${meetingId}`
}

async function bodyOf(page: Page, url: string): Promise<string> {
  await page.goto(url)
  const href = (await page.locator('a[href^="/moeder/"]').first().getAttribute('href')) ?? ''
  const id = href.split('/').at(-1)
  const agenda = await (await page.request.get(`${url}/api/meetings/${id}/agenda`)).json()
  return agenda.body.id
}

async function measureTyping(browser: Browser, { url }: TestServer): Promise<void> {
  const one = await arrive(await browser.newContext(), 'jhp', url)
  const other = await arrive(await browser.newContext(), 'chbo', url)
  await openMeeting(one)
  await openMeeting(other)
  await goTo(one, '3.2')
  await goTo(other, '3.2')
  const mine = await visit(one, '3.2')
  const theirs = await visit(other, '3.2')
  await caretAtEnd(mine)
  await saved(one)
  await mine.evaluate(stampInput)
  await theirs.evaluate(stampScreen)
  await one.evaluate(stampSaved)
  for (let letter = 0; letter < letters; letter++) {
    await one.keyboard.press('x')
    await one.waitForTimeout(120)
  }
  const sent = await stamps(one, 'sent')
  const seen = await stamps(other, 'seen')
  const delays = sent.map((at, index) => (seen[index] ?? Number.POSITIVE_INFINITY) - at)
  say(
    `a letter at the other's screen: median ${ms(median(delays))}, p95 ${ms(quantile(delays, 0.95))} (${letters} letters)`,
  )
  const waits: number[] = []
  for (let round = 0; round < 20; round++) {
    await one.keyboard.insertText(' ord')
    await saved(one)
    const last = (await stamps(one, 'sent')).at(-1) ?? 0
    const committed = (await stamps(one, 'saved')).filter((at) => at >= last)[0]
    if (committed !== undefined) waits.push(committed - last)
    await one.waitForTimeout(300)
  }
  say(
    `Gemt after the last key: median ${ms(median(waits))}, p95 ${ms(quantile(waits, 0.95))} (${waits.length} rounds)`,
  )
  await one.context().close()
  await other.context().close()
}

// Times of both windows are compared, so they are wall-clock times of one machine.
function stampInput(element: Element): void {
  const kept: number[] = []
  Object.assign(window, { sent: kept })
  element.addEventListener('beforeinput', () => kept.push(performance.timeOrigin + performance.now()), true)
}

function stampScreen(element: Element): void {
  const kept: number[] = []
  Object.assign(window, { seen: kept })
  let length = (element.textContent ?? '').split('x').length
  new MutationObserver(() => {
    const now = (element.textContent ?? '').split('x').length
    const more = now - length
    length = now
    // Behind two frames the letter has been painted.
    requestAnimationFrame(() => {
      for (let letter = 0; letter < more; letter++) kept.push(performance.timeOrigin + performance.now())
    })
  }).observe(element, { childList: true, subtree: true, characterData: true })
}

function stampSaved(): void {
  const kept: number[] = []
  Object.assign(window, { saved: kept })
  const pill = document.querySelector('[data-status]')
  if (!pill) throw new Error('There is no save pill')
  new MutationObserver(() => {
    if (pill.getAttribute('data-status') === 'saved') kept.push(performance.timeOrigin + performance.now())
  }).observe(pill, { attributes: true, subtree: true, childList: true, characterData: true })
}

function stamps(page: Page, name: 'sent' | 'seen' | 'saved' | 'word'): Promise<number[]> {
  return page.evaluate((key) => (window as unknown as Record<string, number[]>)[key] ?? [], name)
}

/** How long until another person sees that an approval lapsed, and a new comment. */
async function measureStates(browser: Browser, { url }: TestServer): Promise<void> {
  const one = await arrive(await browser.newContext(), 'jhp', url)
  const other = await arrive(await browser.newContext(), 'chbo', url)
  const chair = await arrive(await browser.newContext(), 'fo', url)
  const meeting = await openMeeting(one)
  await openMeeting(other)
  await goTo(one, '1.1')
  await goTo(other, '1.1')
  const text = await visit(one, '1.1')
  await text.evaluate(stampInput)
  await item(other, '1.1').evaluate(stampWord, 'Bortfaldet')
  const lapses: number[] = []
  for (let round = 0; round < rounds; round++) {
    await openLive(chair, `${url}${meeting}/godkend?punkt=1.1`)
    await chair.getByRole('button', { name: 'Godkend', exact: true }).click()
    await chair.getByRole('contentinfo').getByText('1.1 er godkendt.').waitFor()
    await item(other, '1.1').getByText('Bortfaldet').waitFor({ state: 'detached' })
    await caretAtEnd(text)
    await one.keyboard.insertText(' ord')
    await item(other, '1.1').getByText('Bortfaldet').waitFor()
    const [typed, seen] = [(await stamps(one, 'sent')).at(-1) ?? 0, (await stamps(other, 'word')).at(-1) ?? 0]
    lapses.push(seen - typed)
  }
  say(
    `lapse at another's screen: median ${ms(median(lapses))}, most ${ms(Math.max(...lapses))} (${rounds} rounds)`,
  )

  const comments: number[] = []
  for (let round = 0; round < rounds; round++) {
    const words = `Bemærkning nummer ${round}`
    await other.locator('body').evaluate(stampWord, words)
    await one.getByRole('button', { name: 'Kommentér punktet' }).click()
    await one.getByLabel('Din kommentar').fill(words)
    const began = Date.now()
    await one.getByRole('button', { name: 'Send', exact: true }).click()
    await other.getByText(words).waitFor()
    comments.push(((await stamps(other, 'word')).at(-1) ?? 0) - began)
  }
  say(
    `comment at another's screen: median ${ms(median(comments))}, most ${ms(Math.max(...comments))} (${rounds} rounds)`,
  )
  for (const page of [one, other, chair]) await page.context().close()
}

// Keeps when the words came to stand in the element.
function stampWord(element: Element, words: string): void {
  const kept: number[] = []
  Object.assign(window, { word: kept })
  let stood = (element.textContent ?? '').includes(words)
  new MutationObserver(() => {
    const stands = (element.textContent ?? '').includes(words)
    if (stands && !stood) kept.push(performance.timeOrigin + performance.now())
    stood = stands
  }).observe(element, { childList: true, subtree: true, characterData: true })
}

async function measureMemory(browser: Browser, { url, pid }: TestServer): Promise<void> {
  const people = demoPeople.filter(({ role }) => role !== 'administrator').slice(0, 10)
  const pages: Page[] = []
  for (const { initials } of people) {
    const page = await arrive(await browser.newContext(), initials, url)
    await openMeeting(page)
    pages.push(page)
  }
  for (const page of pages) await page.mouse.wheel(0, 4000)
  await pages[0]?.waitForTimeout(5000)
  const status = readFileSync(`/proc/${pid()}/status`, 'utf8')
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0)
  say(`resident memory with ${pages.length} people in the demo agenda: ${Math.round(kilobytes / 1024)} MB`)
  for (const page of pages) await page.context().close()
}

function median(values: number[]): number {
  return quantile(values, 0.5)
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function ms(value: number): string {
  return `${Math.round(value)} ms`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
