import type { Page } from '@playwright/test'
import { readStorage, readVault, waitUntilKept } from './support/offline.ts'
import { arrive, signIn } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { caretAtEnd, item, openLive, openMeeting, saved, selectWords, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

const words = 'Økonomien holdes på det nuværende niveau'
const planted = 'Kanariefuglen'
const publicTitle = 'Køb af en ejendom'

let server: TestServer
test.beforeEach(async () => {
  server = await startServer()
})
test.afterEach(() => server.dispose())

/** Is there a word among what the browser keeps, as the product can read it? */
async function holds(page: Page, word: string): Promise<boolean> {
  return (await readVault(page)).includes(word)
}

async function comment(
  page: Page,
  text: string,
  { number, quote, scope }: Record<'number' | 'quote' | 'scope', string>,
) {
  await selectWords(item(page, number).locator('[data-field="presentation"]'), quote)
  await page.getByRole('button', { name: 'Kommentér', exact: true }).click()
  await page.getByLabel('Din kommentar').fill(text)
  await page.getByLabel('Hvem kan læse det?').selectOption({ label: scope })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

async function answer(page: Page, to: string, text: string) {
  const thread = page.getByRole('article').filter({ hasText: to }).last()
  await thread.getByRole('button', { name: 'Svar' }).click()
  await thread.getByLabel('Dit svar').fill(text)
  await thread.getByRole('button', { name: 'Send', exact: true }).click()
}

/** How often each text stands among the conversations of a meeting, as the server has them. */
async function times(page: Page, meeting: string, ...texts: string[]): Promise<number[]> {
  const answered = await page.request.get(`${server.url}/api${meeting.replace('moeder', 'meetings')}/threads`)
  const { threads }: { threads: { comments: { text: string }[] }[] } = await answered.json()
  const said = threads.flatMap(({ comments }) => comments.map(({ text }) => text))
  return texts.map((text) => said.filter((one) => one === text).length)
}

async function dispatchDemo(jhp: Page): Promise<string> {
  const meeting = await openMeeting(jhp)
  await jhp.getByRole('button', { name: 'Udsend dagsorden', exact: true }).click()
  await jhp.getByLabel('Hvorfor udsendes dagsordenen alligevel?').fill('Mødet er om få dage.')
  await jhp.getByRole('dialog').getByRole('button', { name: 'Udsend alligevel' }).click()
  await expect(jhp.getByText('Dagsordenen er udsendt og ligger fast.')).toBeVisible()
  return meeting.replace(/\/laes$/, '')
}

test('a member reads, notes and answers without a net, and all of it arrives once', async ({ browser }) => {
  const context = await browser.newContext()
  const fav = await arrive(await browser.newContext(), 'fav', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(fav)
  await comment(fav, 'Er det realistisk?', { number: '3.2', quote: words, scope: 'Alle i rådet' })
  await expect(item(fav, '3.2').getByText('Er det realistisk?')).toBeVisible()
  const meeting = await dispatchDemo(jhp)
  const syd = await arrive(context, 'syd', server.url)
  await openLive(syd, `${server.url}${meeting}/laes`)
  await waitUntilKept(syd, 'Er det realistisk?')

  await test.step('without a net the page opens and says what it is', async () => {
    await context.setOffline(true)
    await syd.reload()
    await expect(syd.getByText(/^Du læser uden net\. Senest hentet/)).toBeVisible()
    await expect(item(syd, '3.2')).toContainText(words)
    await expect(item(syd, '3.2').getByText('Er det realistisk?')).toBeVisible()
  })

  const waiting = syd.getByRole('complementary', { name: 'Venter på net' })
  await test.step('a private note and an answer wait, also over a reload', async () => {
    await comment(syd, 'Spørg om tallene', { number: '3.2', quote: words, scope: 'Kun mig' })
    await answer(syd, 'Er det realistisk?', 'Det tror jeg ikke')
    await expect(waiting.getByText('Sendes, når der er net')).toHaveCount(2)
    await syd.reload()
    await expect(waiting.getByText('Spørg om tallene')).toBeVisible()
    await expect(waiting.getByText('Det tror jeg ikke')).toBeVisible()
    expect(await times(jhp, meeting, 'Det tror jeg ikke')).toEqual([0])
  })

  await test.step('the front page lists what is kept', async () => {
    await syd.goto(server.url)
    await expect(syd.getByRole('heading', { name: 'Det kan du læse uden net' })).toBeVisible()
    await syd.getByRole('main').getByRole('link').click()
    await expect(item(syd, '3.2')).toContainText(words)
    await expect(waiting.getByText('Det tror jeg ikke')).toBeVisible()
  })

  await test.step('with the net back they are sent, once each, and the page is live again', async () => {
    await context.setOffline(false)
    await expect(waiting).toHaveCount(0)
    await expect(item(syd, '3.2').getByText('Spørg om tallene')).toBeVisible()
    await expect(item(fav, '3.2').getByText('Det tror jeg ikke')).toBeVisible()
    await expect(syd.getByText(/^Du læser uden net/)).toHaveCount(0)
    expect(await times(syd, meeting, 'Spørg om tallene', 'Det tror jeg ikke')).toEqual([1, 1])
    expect(await times(fav, meeting, 'Spørg om tallene', 'Det tror jeg ikke')).toEqual([0, 1])
  })

  await test.step('a line cut after the words were sent does not send them twice', async () => {
    await openLive(syd, `${server.url}${meeting}/laes`)
    let cut = 0
    await context.route(
      (url) => url.pathname === '/api/comments' || url.pathname === `${meeting}/laes`,
      async (route) => {
        if (route.request().method() !== 'POST' || cut >= 2) return route.fallback()
        cut += 1
        await route.fetch()
        await route.abort('connectionreset')
      },
    )
    await answer(syd, 'Er det realistisk?', 'Men hvorfor')
    await expect.poll(() => cut).toBe(2)
    const conversations = item(syd, '3.2').getByRole('complementary', { name: 'Kommentarer' })
    await expect(conversations.getByText('Men hvorfor')).toBeVisible()
    await expect(waiting).toHaveCount(0)
    expect(await times(syd, meeting, 'Men hvorfor')).toEqual([1])
  })

  await test.step('what was refused stays with its reason until it is let go of', async () => {
    await context.setOffline(true)
    await answer(syd, 'Er det realistisk?', 'For sent')
    await expect(waiting.getByText('For sent')).toBeVisible()
    const thread = fav.getByRole('article').filter({ hasText: 'Er det realistisk?' }).last()
    await thread.getByRole('button', { name: 'Afslut' }).click()
    await expect(fav.getByRole('button', { name: /^Afsluttede 1/ })).toBeVisible()
    await context.setOffline(false)
    await expect(waiting.getByText(/^Blev ikke sendt: /)).toBeVisible()
    await syd.goto(server.url)
    await syd.getByText('Én kommentar blev ikke sendt').click()
    await expect(syd.getByText('For sent')).toBeVisible()
    await syd.getByRole('button', { name: 'Kassér' }).click()
    await syd.getByRole('button', { name: 'Kassér endeligt' }).click()
    await expect(syd.getByText('For sent')).toHaveCount(0)
    expect(await times(syd, meeting, 'For sent')).toEqual([0])
  })
})

test('signing out, or in as somebody else, leaves nothing behind', async ({ browser }) => {
  const context = await browser.newContext()
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await dispatchDemo(jhp)
  const syd = await arrive(context, 'syd', server.url)
  await openLive(syd, `${server.url}${meeting}/laes`)
  await waitUntilKept(syd, words)

  await test.step('what is kept can’t be read as it lies, nor its key be taken away', async () => {
    const { databases, text } = await readStorage(syd)
    expect(databases).toEqual(expect.arrayContaining(['dagsorden-key', 'dagsorden-offline']))
    expect(text.includes('nuværende niveau')).toBe(false)
    expect(text.includes('key, not extractable')).toBe(true)
  })

  await test.step('somebody else finds nothing of it', async () => {
    await context.setOffline(true)
    await comment(syd, 'Kun til mig selv', { number: '3.2', quote: words, scope: 'Kun mig' })
    await expect.poll(() => holds(syd, 'Kun til mig selv')).toBe(true)
    // Nothing is to be sent meanwhile: the words are to be lost.
    await context.route('**/api/comments', (route) => route.abort())
    await context.setOffline(false)
    await signIn(syd, 'odd', server.url)
    await expect.poll(() => holds(syd, 'Kun til mig selv')).toBe(false)
    await expect.poll(() => holds(syd, words)).toBe(true)
    await context.unroute('**/api/comments')
  })

  await test.step('after sign-out there is no database, and no word in any cache', async () => {
    await syd.goto(server.url)
    await syd.getByRole('button', { name: /Din konto/ }).click()
    await syd.getByRole('menuitem', { name: 'Log ud' }).click()
    await expect(syd.getByText('Du er logget ud')).toBeVisible()
    const { databases, text } = await readStorage(syd)
    expect(databases).toEqual([])
    expect(text.includes('nuværende niveau')).toBe(false)
    expect(text.includes('Sydbyen')).toBe(false)
    expect(text.includes('/offline')).toBe(true)
  })

  await test.step('and without a net there is nothing to read', async () => {
    await context.setOffline(true)
    await syd.goto(`${server.url}${meeting}/laes`)
    await expect(syd.getByText('Siden er ikke gemt på denne enhed')).toBeVisible()
    await syd.goto(server.url)
    await expect(syd.getByText('Der er intet at læse uden net')).toBeVisible()
  })
})

test('a closed item is kept only if the body allows it, and goes with the right to it', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(jhp)
  await visit(jhp, '3.3')
  await item(jhp, '3.3').getByRole('button', { name: 'Handlinger for punkt 3.3' }).click()
  await jhp.getByRole('menuitem', { name: 'Luk punktet for offentligheden' }).click()
  await jhp.getByRole('dialog').getByLabel('Offentlig titel').fill(publicTitle)
  await jhp.getByRole('dialog').getByLabel('Begrundelse').fill('Forhandling')
  await jhp.getByRole('dialog').getByRole('button', { name: 'Luk punktet' }).click()
  await expect(item(jhp, '3.3')).toContainText('Lukket')
  await caretAtEnd(await visit(jhp, '3.3'))
  await jhp.keyboard.insertText(` ${planted}`)
  await saved(jhp)
  const meeting = await dispatchDemo(jhp)
  const bodyId = await jhp.request
    .get(`${server.url}/api${meeting.replace('moeder', 'meetings')}/agenda`)
    .then((got) => got.json())
    .then(({ body }) => body.id)
  const syd = await arrive(context, 'syd', server.url)
  await openLive(syd, `${server.url}${meeting}/laes`)
  await expect(item(syd, '3.3')).toContainText(planted)
  await waitUntilKept(syd, words)

  await test.step('at first it is not kept, and the page says so', async () => {
    expect(await holds(syd, planted)).toBe(false)
    await context.setOffline(true)
    await syd.reload()
    await expect(item(syd, '3.3')).toContainText(publicTitle)
    await expect(item(syd, '3.3')).toContainText('ikke gemt på denne enhed')
    await expect(syd.getByText('Lukkede punkter er ikke gemt på denne enhed.')).toBeVisible()
    await expect(syd.getByText(planted)).toHaveCount(0)
    await context.setOffline(false)
    await expect(item(syd, '3.3')).toContainText(planted)
    expect(await holds(syd, planted)).toBe(false)
  })

  await test.step('where the body allows it, it is kept encrypted', async () => {
    await allow(jhp, bodyId)
    await openLive(syd, `${server.url}${meeting}/laes`)
    await waitUntilKept(syd, planted)
    const { text } = await readStorage(syd)
    expect(text.includes(planted)).toBe(false)
    expect(text.includes('faglærte')).toBe(false)
    await context.setOffline(true)
    await syd.reload()
    await expect(item(syd, '3.3')).toContainText(planted)
    await context.setOffline(false)
  })

  await test.step('where the body no longer allows it, it goes at the next contact', async () => {
    await openLive(syd, `${server.url}${meeting}/laes`)
    await expect.poll(() => holds(syd, planted)).toBe(true)
    await forbid(jhp, bodyId)
    // What the page hears of, it hears through the room: a comment is enough for it to ask again.
    const fav = await arrive(await browser.newContext(), 'fav', server.url)
    await openLive(fav, `${server.url}${meeting}/laes`)
    await comment(fav, 'Til alle', { number: '3.2', quote: words, scope: 'Alle i rådet' })
    await expect(item(syd, '3.2').getByText('Til alle')).toBeVisible()
    await expect.poll(() => holds(syd, planted)).toBe(false)
    expect((await readStorage(syd)).text.includes(planted)).toBe(false)
  })
})

test('an item that is closed to a reader, or that they are disqualified from, goes out of what is kept', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await dispatchDemo(jhp)
  const odd = await arrive(context, 'odd', server.url)
  await openLive(odd, `${server.url}${meeting}/laes`)
  await waitUntilKept(odd, 'svendebrev')
  await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
  await jhp.getByRole('menuitem', { name: /^Ret i dagsordenen/ }).click()
  await visit(jhp, '3.3')
  await item(jhp, '3.3').getByRole('button', { name: 'Handlinger for punkt 3.3' }).click()
  await jhp.getByRole('menuitem', { name: 'Luk punktet for offentligheden' }).click()
  await jhp.getByRole('dialog').getByLabel('Offentlig titel').fill(publicTitle)
  await jhp.getByRole('dialog').getByLabel('Begrundelse').fill('Forhandling')
  // Even where the copy itself can't be asked for just now.
  await context.route('**/api/meetings/*/offline*', (route) => route.abort())
  await jhp.getByRole('dialog').getByRole('button', { name: 'Luk punktet' }).click()
  await expect(item(odd, '3.3')).not.toContainText('svendebrev')
  await expect.poll(() => holds(odd, 'svendebrev')).toBe(false)
  expect(await holds(odd, words)).toBe(true)

  await item(jhp, '3.2').getByRole('button', { name: 'Handlinger for punkt 3.2' }).click()
  await jhp.getByRole('menuitem', { name: 'Inhabilitet …' }).click()
  await jhp.getByRole('dialog').getByLabel('Medlem, Odder (rød side)').check()
  await expect(odd.getByText('Du er inhabil i dette punkt')).toBeVisible()
  await expect(odd.getByText(words)).toHaveCount(0)
  await expect.poll(() => holds(odd, words)).toBe(false)
  expect((await readStorage(odd)).text).not.toContain(words)
})

test('it can be installed, and its worker is asked for anew each time', async ({ page, request }) => {
  await page.goto(`${server.url}/log-ind`)
  const href = (await page.locator('link[rel="manifest"]').getAttribute('href')) ?? ''
  const manifest = await (await request.get(`${server.url}${href}`)).json()
  expect(manifest).toMatchObject({ lang: 'da', display: 'standalone', start_url: '/', scope: '/' })
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(`${server.url}${src}`)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, type])
  }
  const worker = await request.get(`${server.url}/sw.js`)
  expect(worker.headers()).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  })
  expect(worker.headers()['content-security-policy']).toContain("default-src 'self'")
  // Who is not signed in gets no worker, and the shell that is kept for others tells nothing.
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  const shell = await request.get(`${server.url}/offline`)
  expect(await shell.text()).not.toContain('Midtjylland')
})

/** Lets closed items be kept, as an office does in its settings. */
async function allow(jhp: Page, bodyId: string) {
  await jhp.goto(`${server.url}/indstillinger/${bodyId}`)
  const form = jhp.getByRole('form', { name: 'Læsning uden net' })
  await form.getByRole('checkbox').check()
  await form.getByRole('button', { name: 'Gem' }).click()
  await expect(jhp.getByText('Reglen for læsning uden net er gemt.')).toBeVisible()
}

async function forbid(jhp: Page, bodyId: string) {
  await jhp.goto(`${server.url}/indstillinger/${bodyId}`)
  const form = jhp.getByRole('form', { name: 'Læsning uden net' })
  await form.getByRole('checkbox').uncheck()
  await form.getByRole('button', { name: 'Gem' }).click()
  await expect(jhp.getByText('Reglen for læsning uden net er gemt.')).toBeVisible()
}
