import type { Page, WebSocketRoute } from '@playwright/test'
import { expectSound } from './support/axe.ts'
import { readStorage, readVault } from './support/offline.ts'
import { pdfOf } from './support/pdf.ts'
import { arrive } from './support/people.ts'
import { scriptsOf, weightOf } from './support/script-size.ts'
import { startServer, type TestServer } from './support/server.ts'
import {
  caretAtEnd,
  goTo,
  item,
  openLive,
  openMeeting,
  saved,
  selectWords,
  visit,
} from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('the text stands before any script runs', async ({ browser }) => {
  const world = await browser.newContext()
  const syd = await arrive(world, 'syd', server.url)
  const meeting = (await openMeeting(syd)).replace(/\/laes$/, '')
  const still = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await world.storageState(),
  })
  const page = await still.newPage()
  await page.goto(`${server.url}${meeting}/laes`)
  await expect(item(page, '3.2').locator('[data-field="presentation"]')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Indhold' })).toBeVisible()
})

/** An agenda of so many items, as a secretariat would import it. */
function longAgenda(count: number): Buffer {
  const lines = ['1. Sager', '']
  for (let at = 1; at <= count; at++) {
    lines.push(
      `1.${at}. Sag nummer ${at}`,
      '',
      'Indstilling',
      `Det indstilles, at rådet drøfter sag ${at}.`,
      '',
    )
    lines.push(
      'Sagsfremstilling',
      ...Array(6).fill(`Sagen om punkt ${at} har været drøftet i kommunerne.`),
      '',
    )
  }
  return Buffer.from(lines.join('\n'))
}

test('the first view of forty items brings little script, and no editor', async ({ browser }) => {
  // What the service worker keeps comes over no wire; asked for is what a first visit brings.
  const world = await browser.newContext({ serviceWorkers: 'block' })
  const jhp = await arrive(world, 'jhp', server.url)
  await jhp.goto(`${server.url}/import`)
  await jhp
    .getByLabel('Vælg en fil')
    .setInputFiles({ name: 'lang.txt', mimeType: 'text/plain', buffer: longAgenda(40) })
  await jhp.getByLabel('Dato og tid').fill('2027-03-05T09:30')
  await jhp.getByLabel('Sted').fill('Viborg')
  await jhp.getByRole('button', { name: 'Opret dagsordenen' }).click()
  await expect(jhp).toHaveURL(/\/moeder\/[0-9a-f-]{36}$/)
  const page = await jhp.context().newPage()
  const scripts = await scriptsOf(page, `${jhp.url()}/laes`)
  await expect(page.getByRole('article')).toHaveCount(40)
  const first = scripts.filter(({ isFirst }) => isFirst)
  expect(first.length).toBeGreaterThan(5)
  for (const { url, bytes } of first) expect(bytes, url).toBeGreaterThan(0)
  expect(weightOf(first)).toBeLessThan(150_000)
  expect(scripts.filter(({ text }) => /prosemirror|tiptap|yjs/i.test(text)).map(({ url }) => url)).toEqual([])
})

test('what changed while the page was on its way is there without a reload', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  const fo = await arrive(await browser.newContext({ serviceWorkers: 'block' }), 'fo', server.url)
  const line = new Promise<WebSocketRoute>((resolve) => {
    void fo.routeWebSocket(/\/sync\/meeting\//, resolve)
  })
  await fo.goto(`${server.url}${meeting}/laes`)
  const asked = await line
  await caretAtEnd(await visit(jhp, '3.2', 'Sagsfremstilling'))
  await jhp.keyboard.type(' Skrevet undervejs.')
  await saved(jhp)
  const agenda = `${server.url}/api${meeting.replace('moeder', 'meetings')}/agenda`
  await expect.poll(async () => (await fo.request.get(agenda)).text()).toContain('Skrevet undervejs.')
  await expect(item(fo, '3.2')).not.toContainText('Skrevet undervejs.')
  asked.connectToServer()
  await expect(item(fo, '3.2')).toContainText('Skrevet undervejs.')
})

const words = 'Økonomien holdes på det nuværende niveau'

/** Begins a comment on words of 3.2 in the reader, wherever there is room for it. */
async function beginOn(page: Page, quote: string): Promise<void> {
  await selectWords(item(page, '3.2').locator('[data-field="presentation"]'), quote)
  await page.getByRole('button', { name: 'Kommentér', exact: true }).click()
}

/** Shows the conversations of 3.2: beside the text, or in the sheet of a narrow screen. */
async function showThreads(page: Page, width: number): Promise<void> {
  if (width >= 1100) return
  await item(page, '3.2').evaluate((article) => article.scrollIntoView())
  await expect(page.getByRole('navigation', { name: 'Punkt for punkt' })).toContainText('3.2 ·')
  const before = await page.evaluate(() => window.scrollY)
  await page.getByRole('button', { name: /Vis kommentarer/ }).click()
  // The page stays where it is under what is laid over it.
  expect(await page.evaluate(() => window.scrollY)).toBe(before)
}

for (const width of [360, 820, 1440]) {
  test(`two groups, the secretariat and the chair talk while they read, and one is disqualified, ${width} wide`, async ({
    browser,
  }) => {
    test.setTimeout(180_000)
    const comes = async (initials: 'syd' | 'fav' | 'fo' | 'jhp', wide = width) => {
      const viewport = { width: wide, height: wide === 360 ? 740 : 900 }
      return arrive(await browser.newContext({ viewport, hasTouch: wide < 1100 }), initials, server.url)
    }
    const syd = await comes('syd')
    const fav = await comes('fav')
    const fo = await comes('fo')
    const jhp = await comes('jhp', 1440)
    const meeting = await openMeeting(jhp)
    for (const page of [syd, fav, fo]) await openLive(page, `${server.url}${meeting}/laes`)
    const secret = `Fortroligt i gruppen ${width}`
    const question = `Hvad koster det, ${width}?`

    await test.step('what is said in one group is for that group', async () => {
      await beginOn(syd, words)
      await syd.getByLabel('Hvem kan læse det?').selectOption('group')
      await syd.getByLabel('Din kommentar').fill(secret)
      await syd.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(syd.getByText(secret).first()).toBeVisible()
      if (width < 1100) await syd.keyboard.press('Escape')
    })

    await test.step('a question goes to the secretariat, which is told how many are unread', async () => {
      await beginOn(fav, words)
      await fav.getByLabel('Spørgsmål til sekretariatet').check()
      await expectSound(fav, 'a question being written')
      await fav.getByLabel('Dit spørgsmål').fill(question)
      await fav.getByRole('button', { name: 'Stil spørgsmålet' }).click()
      await expect(fav.getByText(question).first()).toBeVisible()
      await goTo(jhp, '3.2')
      const panel = jhp.getByRole('complementary', { name: /Punkt/ })
      await expect(jhp.getByRole('article').filter({ hasText: question })).toBeVisible()
      await expect(panel.getByText(secret)).toHaveCount(0)
      await (width < 1100
        ? expect(fo.getByRole('button', { name: /Vis kommentarer.*ulæst/ })).toBeVisible()
        : expect(fo.getByText(question)).toBeVisible())
    })

    await test.step('the answer mentions who asked, and is shown to all without their name', async () => {
      const thread = jhp.getByRole('complementary').getByRole('article').filter({ hasText: question })
      await thread.getByRole('button', { name: 'Svar' }).click()
      await thread.getByLabel('Dit svar').pressSequentially('Ingenting, @favr')
      await expect(thread.getByRole('option', { name: /Favrskov/ })).toBeVisible()
      await jhp.keyboard.press('Enter')
      await jhp.keyboard.insertText('i år.')
      await thread.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(thread.getByText('Ingenting, @fav i år.')).toBeVisible()
      await thread.getByRole('button', { name: 'Vis svaret for alle' }).click()
      await expect(thread.getByText('Vist for alle')).toBeVisible()
      await showThreads(syd, width)
      const shared = syd.locator('article[data-thread]').filter({ hasText: question })
      await expect(shared.getByText('Et medlem')).toBeVisible()
      await expect(shared.getByText('Ingenting, @fav i år.')).toBeVisible()
      await expect(shared.getByText('Favrskov')).toHaveCount(0)
      await expect(syd.getByText(secret).first()).toBeVisible()
      for (const page of [fav, fo, jhp]) await expect(page.getByText(secret)).toHaveCount(0)
      // What is looked at becomes read.
      await shared.scrollIntoViewIfNeeded()
      await expect(syd.locator('[data-thread][data-unread]')).toHaveCount(0)
    })

    await test.step('what one has read is read, and comments are found by who wrote them', async () => {
      if (width < 1100) await syd.keyboard.press('Escape')
      if (width < 860) await syd.getByRole('button', { name: 'Vis indhold' }).click()
      const contents = syd.getByRole('navigation', { name: 'Indhold' })
      const line = contents.getByRole('link', { name: /3\.2/ })
      await expect(line).toHaveAccessibleName(/åbne kommentarer( |$)/)
      await expect(contents.getByText(/af \d+ læst/)).toBeVisible()
      if (width < 860) {
        await syd.keyboard.press('Escape')
        await expect(contents).toBeHidden()
      }
      await showThreads(syd, width)
      await syd.getByRole('button', { name: 'Filtrér' }).click()
      await syd.getByLabel('Mine').check()
      await expectSound(syd, 'comments being filtered')
      await expect(syd.getByText(secret)).toBeVisible()
      await expect(syd.getByText(question)).toHaveCount(0)
      if (width < 1100) await syd.keyboard.press('Escape')
    })

    await test.step('who is disqualified loses the item where they sit, and nothing of it stays with them', async () => {
      await expect(item(syd, '3.2')).toContainText(words)
      await jhp
        .getByRole('button', { name: /punkt 3\.2/ })
        .first()
        .click()
      await jhp.getByRole('menuitem', { name: 'Inhabilitet …' }).click()
      const dialog = jhp.getByRole('dialog')
      await dialog.getByLabel('Medlem, Syddjurs (blå side)').check()
      await expect(syd.getByText('Du er inhabil i dette punkt')).toBeVisible()
      await expectSound(jhp, 'the dialog of who is disqualified')
      await expectSound(syd, 'an item that is not theirs')
      await expect(syd.getByText(words)).toHaveCount(0)
      await expect(syd.getByText(secret)).toHaveCount(0)
      await expect(item(fav, '3.2')).toContainText(words)
      const kept = (await readStorage(syd)).text + (await readVault(syd))
      for (const trace of [words, secret, question]) expect(kept).not.toContain(trace)
      const refused = await syd.request.get(
        `${server.url}/api${meeting.replace('/moeder', '/meetings')}/agenda`,
      )
      expect(await refused.text()).not.toContain(words)
      await dialog.getByLabel('Medlem, Syddjurs (blå side)').uncheck()
      await expect(item(syd, '3.2')).toContainText(words)
      await dialog.getByRole('button', { name: 'Færdig' }).click()
    })
  })
}

/** Sweeps over the page with one finger, to the left (1) or to the right (-1). */
async function swipe(page: Page, step: 1 | -1): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 400 }] })
  await touch('touchStart', 180 + 100 * step)
  await touch('touchMove', 180)
  await touch('touchMove', 180 - 100 * step)
  await touch('touchEnd', 0)
  await client.detach()
}

test('a member leafs by finger, opens an annex in its place, and sees what changed since they read', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  const id = (await item(jhp, '3.1').getAttribute('id'))?.slice('item-'.length)
  const file = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: pdfOf('Planen for oplandet', 2) }
  const sent = await jhp.request.post(`${server.url}/api/items/${id}/annexes`, {
    headers: { origin: server.url },
    multipart: { title: 'Planen', file },
  })
  expect(sent.ok()).toBe(true)
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true })
  const hor = await arrive(phone, 'hor', server.url)
  await openLive(hor, `${server.url}${meeting}/laes`)
  const where = hor.getByRole('navigation', { name: 'Punkt for punkt' })

  await test.step('from item to item', async () => {
    await expect(where).toContainText('1.1 · 1 af')
    await swipe(hor, 1)
    await expect(where).toContainText('2.1 · 2 af')
    await where.getByRole('button', { name: 'Næste punkt' }).click()
    await expect(where).toContainText('3.1 · 3 af')
    await swipe(hor, -1)
    await expect(where).toContainText('2.1 · 2 af')
  })

  await test.step('the annex is drawn over the text, and gives it back', async () => {
    const link = item(hor, '3.1').getByRole('link', { name: 'Planen' })
    await link.click()
    const annex = hor.getByRole('complementary', { name: 'Bilag: Planen' })
    await expect(annex.getByRole('region', { name: 'Side 1 af 2' })).toContainText('Planen for oplandet')
    await expectSound(hor, 'an annex')
    const inked = await annex
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        }
        return data.filter((value, at) => at % 4 === 0 && value < 128).length
      })
    expect(inked).toBeGreaterThan(100)
    await hor.keyboard.press('Escape')
    await expect(annex).toHaveCount(0)
    await expect(link).toBeFocused()
  })

  await test.step('what was read is known on the next visit, and what changed since is shown', async () => {
    const read = item(hor, '3.1').getByRole('button', { name: 'Læst' })
    // Its end was before the eyes for a while, which is reading it; a person may see that otherwise.
    await expect(read).toHaveAttribute('aria-pressed', 'true')
    await read.click()
    await item(hor, '3.1').getByRole('button', { name: 'Markér som læst' }).click()
    await expect(read).toHaveAttribute('aria-pressed', 'true')
    await goTo(jhp, '3.1')
    await caretAtEnd(await visit(jhp, '3.1'))
    await jhp.keyboard.insertText(' Nyt siden sidst.')
    await saved(jhp)
    await expect(item(hor, '3.1')).toContainText('Nyt siden sidst.')
    await openLive(hor, `${server.url}${meeting}/laes`)
    await expect(item(hor, '3.1').getByText('Ændret, siden du læste det')).toBeVisible()
    await item(hor, '3.1').getByRole('button', { name: 'Vis, hvad der er ændret' }).click()
    await expect(item(hor, '3.1').locator('ins', { hasText: 'Nyt siden sidst.' })).toBeVisible()
    await expectSound(hor, 'what changed since it was read')
  })
})
