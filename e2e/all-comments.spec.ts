import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { expectSound } from './support/axe.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { item, openLive, openMeeting, selectWords, tabTo } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

/** Comments on words of an item of the agenda they read, as a member would. */
async function comment(page: Page, words: string, said: string, scope = 'Alle i rådet'): Promise<void> {
  const passage = item(page, '3.2').locator('[data-field="presentation"]')
  await selectWords(passage, words)
  await page.getByRole('button', { name: 'Kommentér', exact: true }).click()
  await page.getByLabel('Hvem kan læse det?').selectOption({ label: scope })
  await page.getByLabel('Din kommentar').fill(said)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText(said).first()).toBeVisible()
  await expect(passage.locator('mark', { hasText: words }).first()).toBeVisible()
}

/** A conversation with the list's own tools around it, by what was said in it. */
const thread = (page: Page, said: string) => page.getByRole('listitem').filter({ hasText: said })
const filter = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Vis tråde' }).getByRole('button', { name })

test('the secretariat answers, gives away and settles comments on one page, each as it comes', async ({
  browser,
}) => {
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  const meeting = await openMeeting(jhp)
  await openMeeting(syd)

  await test.step('the page is a link away in the workspace, and says when nothing was said', async () => {
    await jhp.getByRole('link', { name: 'Alle kommentarer på dagsordenen' }).click()
    await expect(jhp.getByRole('heading', { level: 1, name: 'Alle kommentarer' })).toBeVisible()
    await expect(jhp.getByText('Der er ingen kommentarer til dagsordenen endnu.')).toBeVisible()
    await openLive(jhp, `${server.url}${meeting}/kommentarer`)
    await openLive(chbo, `${server.url}${meeting}/kommentarer?mine=1`)
    await expect(chbo.getByLabel('Kun dem, der er givet til mig')).toBeChecked()
  })

  await test.step('a comment is there as it is said, under its item', async () => {
    await comment(syd, 'fem spor', 'Er der midler til alle fem?')
    await expect(jhp.getByText('Er der midler til alle fem?')).toBeVisible()
    const section = jhp.getByRole('region', { name: /^3\.2 / })
    await expect(section.getByRole('listitem')).toContainText('fem spor')
    await expect(section.getByRole('listitem')).toContainText('Ubesvaret')
    await expect(filter(jhp, /^Ubesvarede 1$/)).toBeVisible()
  })

  await test.step('it is answered in place', async () => {
    const own = thread(jhp, 'Er der midler til alle fem?')
    await own.getByRole('button', { name: 'Svar', exact: true }).click()
    await own.getByLabel('Dit svar').fill('Ja, fra 2027.')
    await own.getByRole('button', { name: 'Send' }).click()
    await expect(own).toContainText('Ja, fra 2027.')
    await expect(own.getByText('Åben', { exact: true })).toBeVisible()
    await expect(filter(jhp, /^Ubesvarede 0$/)).toBeVisible()
    await expect(syd.getByText('Ja, fra 2027.').first()).toBeVisible()
  })

  await test.step('it is given to a colleague, who deals with it', async () => {
    await expect(chbo.getByText('Ingen af trådene her er givet til dig.')).toBeVisible()
    await thread(jhp, 'fem spor').getByLabel('Givet til').selectOption({ label: 'Sekretariatet (chbo)' })
    const given = thread(chbo, 'fem spor')
    await expect(given).toBeVisible()
    await given.getByRole('button', { name: 'Markér som håndteret' }).click()
    await expect(given.getByText('Håndteret', { exact: true })).toBeVisible()
    await expect(given.getByRole('button', { name: 'Ikke håndteret alligevel' })).toBeFocused()
    await expect(filter(chbo, /^Håndterede 1$/)).toBeVisible()
    await filter(jhp, /^Håndterede/).click()
    await expect(thread(jhp, 'fem spor').getByText('Håndteret', { exact: true })).toBeVisible()
    await expect(jhp).toHaveURL(/\?vis=handled$/)
  })

  await test.step('it is resolved, and found again by its state', async () => {
    await thread(jhp, 'fem spor').getByRole('button', { name: 'Afslut' }).click()
    await expect(thread(jhp, 'fem spor').getByText('Afsluttet').first()).toBeVisible()
    await jhp.reload()
    await expect(jhp.getByText('Ingen tråde er markeret som håndteret.')).toBeVisible()
    await filter(jhp, /^Afsluttede 1$/).click()
    await thread(jhp, 'fem spor').getByRole('link', { name: 'Vis i dagsordenen' }).click()
    await expect(jhp).toHaveURL(/\/moeder\/[^/]+#item-/)
    await expect(item(jhp, '3.2')).toBeInViewport()
    await jhp.goBack()
    await expect(filter(jhp, /^Afsluttede 1$/)).toHaveAttribute('aria-pressed', 'true')
  })
})

test('by keyboard alone, and nobody but the secretariat', async ({ browser }) => {
  const fo = await arrive(await browser.newContext(), 'fo', server.url)
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await openMeeting(syd)
  await comment(syd, 'med virkning fra et årsskifte', 'Hvorfor ikke løbende?', 'Sekretariat og formandskab')
  await openLive(jhp, `${server.url}${meeting}/kommentarer`)
  const own = thread(jhp, 'Hvorfor ikke løbende?')
  await expect(own).toBeVisible()

  await jhp.keyboard.press('j')
  await expect(own).toBeFocused()
  await tabTo(jhp, own.getByRole('button', { name: 'Svar', exact: true }))
  await jhp.keyboard.press('Enter')
  await jhp.keyboard.insertText('Det er lettere at følge.')
  await jhp.keyboard.press('Control+Enter')
  await expect(own).toContainText('Det er lettere at følge.')
  await tabTo(jhp, own.getByLabel('Givet til'))
  await jhp.keyboard.type('Sekretariatet (jhp)')
  await expect(own.getByLabel('Givet til')).toHaveValue(/./)
  await tabTo(jhp, own.getByRole('button', { name: 'Markér som håndteret' }))
  await jhp.keyboard.press('Enter')
  await expect(own.getByText('Håndteret', { exact: true })).toBeVisible()

  for (const other of [fo, syd]) {
    await other.goto(`${server.url}${meeting}/kommentarer`)
    await expect(other.getByRole('heading', { name: 'Dagsordenen findes ikke' })).toBeVisible()
    await expect(other.getByText('Hvorfor ikke løbende?')).toHaveCount(0)
    const table = await other.request.get(
      `${server.url}/api${meeting.replace('moeder', 'meetings')}/comments?format=csv`,
    )
    expect(table.status()).toBe(404)
  }
})

test('the comments are exported as a table within one’s rights', async ({ browser }) => {
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await openMeeting(syd)
  await comment(syd, 'fem spor', '=HYPERLINK("http://x")')
  await comment(syd, 'med virkning fra et årsskifte', 'Kun for gruppen', 'Min gruppe')
  await comment(syd, 'Økonomien holdes på det nuværende niveau', 'En note', 'Kun mig')
  await openLive(jhp, `${server.url}${meeting}/kommentarer`)

  const fetched = async (button: string) => {
    const [file] = await Promise.all([
      jhp.waitForEvent('download'),
      jhp.getByRole('button', { name: button, exact: true }).click(),
    ])
    return { name: file.suggestedFilename(), data: new Uint8Array(await readFile(await file.path())) }
  }
  const csv = await fetched('CSV til regneark')
  expect(csv.name).toMatch(/^kommentarer-kkr-midtjylland-\d{4}-\d\d-\d\d\.csv$/)
  const text = strFromU8(csv.data)
  expect([...csv.data.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(text).toMatch(/^Nr\.;Punkt;Art;/)
  expect(text).toContain(`;"'=HYPERLINK(""http://x"")";`)
  expect(text).toContain('\r\nPkt. 3.2;')
  const docx = await fetched('Word')
  expect(docx.name).toMatch(/\.docx$/)
  const document = strFromU8(unzipSync(docx.data)['word/document.xml'] ?? new Uint8Array())
  expect(document).toContain('=HYPERLINK(&quot;http://x&quot;)')
  for (const table of [text, document]) {
    expect(table).not.toContain('Kun for gruppen')
    expect(table).not.toContain('En note')
  }

  await test.step('a table that does not come is told of', async () => {
    await jhp.route('**/comments?format=csv', (route) => route.fulfill({ status: 503, json: {} }))
    await jhp.getByRole('button', { name: 'CSV til regneark' }).click()
    await expect(jhp.getByText('Tabellen kunne ikke hentes. Prøv igen om lidt.')).toBeVisible()
  })
  const wrong = await jhp.request.get(
    `${server.url}/api${meeting.replace('moeder', 'meetings')}/comments?format=exe`,
  )
  expect(wrong.status()).toBe(400)
})

test('without a connection what is written stays, and the page comes back to date by itself', async ({
  browser,
}) => {
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const context = await browser.newContext()
  const jhp = await arrive(context, 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await openMeeting(syd)
  await comment(syd, 'fem spor', 'Før nettet forsvandt')
  await openLive(jhp, `${server.url}${meeting}/kommentarer`)
  const own = thread(jhp, 'Før nettet forsvandt')
  await own.getByRole('button', { name: 'Svar', exact: true }).click()
  await own.getByLabel('Dit svar').fill('Et halvt svar')

  await context.setOffline(true)
  await expect(jhp.getByText(/^Ingen forbindelse/)).toBeVisible()
  await own.getByRole('button', { name: 'Send' }).click()
  await expect(own.getByText(/^Der er ingen forbindelse/)).toBeVisible()
  await expect(own.getByLabel('Dit svar')).toHaveValue('Et halvt svar')
  await comment(syd, 'Økonomien holdes på det nuværende niveau', 'Mens nettet var væk')

  await context.setOffline(false)
  await expect(jhp.getByText('Mens nettet var væk')).toBeVisible()
  await expect(jhp.getByText(/^Ingen forbindelse/)).toHaveCount(0)
  await expect(own.getByLabel('Dit svar')).toHaveValue('Et halvt svar')
  await own.getByRole('button', { name: 'Send' }).click()
  await expect(syd.getByText('Et halvt svar').first()).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing serious, ${colorScheme}, ${width} wide`, async ({ browser }) => {
      const world = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const jhp = await arrive(world, 'jhp', server.url)
      const meeting = await openMeeting(jhp)
      await jhp.goto(`${server.url}${meeting}/kommentarer?vis=all`)
      await expect(jhp.getByRole('article').first()).toBeVisible()
      await jhp.getByRole('button', { name: 'Svar', exact: true }).first().click()
      await expectSound(jhp, 'all comments')
    })
  }
}
