import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import {
  field,
  goTo,
  item,
  openMeeting,
  saved,
  selectWords,
  tabTo,
  visit,
  wordsOf,
} from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

const words = 'Økonomien holdes på det nuværende niveau'

test('a comment stays on its words while the secretary rewrites around them, answers and resolves', async ({
  browser,
}) => {
  const member = await arrive(await browser.newContext(), 'syd', server.url)
  const other = await arrive(await browser.newContext(), 'fav', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(jhp)
  await openMeeting(other)
  await openMeeting(member)
  await expect(member).toHaveURL(/\/laes$/)
  await goTo(jhp, '3.2')
  const text = await visit(jhp, '3.2', 'Sagsfremstilling')

  await test.step('the member comments on a passage', async () => {
    const passage = item(member, '3.2').locator('[data-field="presentation"]')
    await selectWords(passage, words)
    await member.getByRole('button', { name: 'Kommentér', exact: true }).click()
    await member.getByLabel('Din kommentar').fill('Er det realistisk?')
    await member.getByRole('button', { name: 'Send' }).click()
    await expect(passage.locator('mark').first()).toBeVisible()
  })

  const painted = text.locator('[data-threads], .comment-highlight, mark')
  await test.step('everyone sees it, on the words', async () => {
    await expect(other.getByText('Er det realistisk?').first()).toBeVisible()
    await expect(item(other, '3.2').locator('[data-field="presentation"] mark')).toHaveText([words])
    await expect(painted).toHaveText([words])
  })

  await test.step('its author may keep another one to themselves, while nobody has answered', async () => {
    await selectWords(item(member, '3.2').locator('[data-field="presentation"]'), 'Det foreslås')
    await member.getByRole('button', { name: 'Kommentér', exact: true }).click()
    await member.getByLabel('Din kommentar').fill('Det husker jeg selv.')
    await member.getByRole('button', { name: 'Send' }).click()
    await expect(other.getByText('Det husker jeg selv.')).toBeVisible()
    const own = member.getByRole('article').filter({ hasText: 'Det husker jeg selv.' }).last()
    await own.getByRole('button', { name: /Gør kredsen mindre/ }).click()
    await own.getByRole('menuitem', { name: 'Kun mig' }).click()
    await expect(other.getByText('Det husker jeg selv.')).toHaveCount(0)
    await expect(own).toContainText('Kun mig')
    await own.getByRole('button', { name: 'Slet' }).click()
    await own.getByRole('button', { name: 'Slet endeligt' }).click()
    await expect(member.getByText('Det husker jeg selv.')).toHaveCount(0)
  })

  await test.step('the conversation stands level with its words', async () => {
    await painted.first().scrollIntoViewIfNeeded()
    const beside = jhp
      .getByRole('complementary')
      .getByRole('article')
      .filter({ hasText: 'Er det realistisk?' })
    await expect
      .poll(async () => {
        const [words, thread] = [await painted.first().boundingBox(), await beside.boundingBox()]
        return words && thread && Math.abs(words.y - thread.y)
      })
      .toBeLessThan(30)
  })

  await test.step('typing before and after leaves it on the words', async () => {
    const paragraph = text.locator('p', { hasText: words })
    await paragraph.click({ position: { x: 2, y: 8 } })
    await jhp.keyboard.press('Home')
    await jhp.keyboard.insertText('Bemærk: ')
    await expect(painted).toHaveText([words])
    await jhp.keyboard.press('Control+End')
    await jhp.keyboard.insertText(' Slut.')
    await saved(jhp)
    await expect(painted).toHaveText([words])
    await expect(item(member, '3.2').locator('[data-field="presentation"]')).toContainText('Bemærk: ')
    await expect(item(member, '3.2').locator('[data-field="presentation"] mark')).toHaveText([words])
  })

  const thread = jhp.getByRole('complementary').getByRole('article').filter({ hasText: 'Er det realistisk?' })
  await test.step('the secretary answers and resolves, and the member sees it', async () => {
    await thread.getByRole('button', { name: 'Svar' }).click()
    await thread.getByLabel('Dit svar').fill('Ja, se bilaget.')
    await thread.getByRole('button', { name: 'Send' }).click()
    await expect(member.getByText('Ja, se bilaget.').first()).toBeVisible()
    await thread.getByRole('button', { name: 'Afslut' }).click()
    await expect(thread).toContainText('Afsluttet af Sekretariatet (jhp)')
    await thread.getByRole('button', { name: 'Se rettelsen' }).click()
    const dialog = jhp.getByRole('dialog')
    await expect(dialog.locator('ins', { hasText: 'Bemærk:' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Luk' }).click()
    await expect(item(other, '3.2').locator('[data-field="presentation"] mark')).toHaveCount(0)
  })
})

test('a member comments, and a secretary answers, by keyboard alone', async ({ browser }) => {
  const member = await arrive(await browser.newContext(), 'hor', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(jhp)
  await openMeeting(member)
  await expect(item(member, '1.1')).toBeVisible()
  await expect(member.locator('main[data-listens]')).toBeVisible()

  await member.keyboard.press('m')
  for (let word = 0; word < 3; word++) await member.keyboard.press('Shift+ArrowRight')
  await member.keyboard.press('c')
  await expect(member.getByLabel('Din kommentar')).toBeFocused()
  await member.keyboard.insertText('Skrevet uden mus')
  await member.keyboard.press('Control+Enter')
  const mark = item(member, '1.1').locator('mark').first()
  await expect(mark).toBeVisible()
  const quote = (await mark.textContent()) ?? ''
  expect(quote.split(' ').length).toBeGreaterThan(2)

  await test.step('the secretary rewrites before the words', async () => {
    await tabTo(jhp, jhp.getByRole('navigation').getByRole('link', { name: /1\.1/ }))
    await jhp.keyboard.press('Enter')
    const text = field(jhp, '1.1', 'Baggrund')
    await expect(text).toBeEditable()
    await tabTo(jhp, text)
    await jhp.keyboard.press('Control+Home')
    await jhp.keyboard.insertText('Bemærk: ')
    await saved(jhp)
    await expect(text.locator('[data-threads], .comment-highlight, mark')).toHaveText([quote.trim()])
    await expect(item(member, '1.1')).toContainText(`Bemærk: ${quote.trim()}`)
    await expect(item(member, '1.1').locator('mark')).toHaveText([quote.trim()])
    await jhp.keyboard.press('F6')
    await expect(jhp.getByRole('tab', { name: /Kommentarer/ })).toBeFocused()
  })

  const thread = jhp.getByRole('complementary').getByRole('article').filter({ hasText: 'Skrevet uden mus' })
  await test.step('answers', async () => {
    await tabTo(jhp, thread.getByRole('button', { name: 'Svar' }))
    await jhp.keyboard.press('Enter')
    await jhp.keyboard.insertText('Svaret uden mus')
    await jhp.keyboard.press('Control+Enter')
    await expect(member.getByText('Svaret uden mus').first()).toBeVisible()
  })
  await test.step('and resolves', async () => {
    await tabTo(jhp, thread.getByRole('button', { name: 'Afslut' }))
    await jhp.keyboard.press('Enter')
    await expect(thread).toHaveCount(0)
    await expect(jhp.getByRole('button', { name: 'Afsluttede 1' })).toBeVisible()
  })
})

test('when its words are deleted a thread is detached and keeps its quote', async ({ browser }) => {
  const member = await arrive(await browser.newContext(), 'syd', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(jhp)
  await openMeeting(member)
  await goTo(jhp, '6.1')
  const text = await visit(jhp, '6.1')
  const quote = (await wordsOf(text)).trim().split(' ').slice(0, 3).join(' ')
  await selectWords(item(member, '6.1').locator('[data-field="recommendation"]'), quote)
  await member.getByRole('button', { name: 'Kommentér', exact: true }).click()
  await member.getByLabel('Din kommentar').fill('Hvad menes her?')
  await member.getByRole('button', { name: 'Send' }).click()
  const thread = jhp.getByRole('complementary').getByRole('article').filter({ hasText: 'Hvad menes her?' })
  await expect(thread).toContainText(quote)
  await selectWords(field(jhp, '6.1', 'Indstilling'), quote)
  await jhp.keyboard.press('Delete')
  await expect(thread).toContainText('Løsrevet')
  await expect(thread).toContainText(quote)
  await jhp.keyboard.press('Control+z')
  await expect(thread).not.toContainText('Løsrevet')
})
