import { expect, type Locator, type Page } from '@playwright/test'

/** The labels of an item's written fields. */
export type FieldLabel = 'Baggrund' | 'Indstilling' | 'Sagsfremstilling'

/** Opens the demo meeting from the front page, as a person would, and waits until its page listens. */
export async function openMeeting(page: Page): Promise<string> {
  const joined = joinsMeeting(page)
  await page.goto(new URL('/', page.url()).href)
  const link = page.locator('a[href^="/moeder/"]:not([href*="#"])').first()
  const href = (await link.getAttribute('href')) ?? ''
  const meeting = /\/moeder\/[0-9a-f-]+/.exec(href)?.[0] ?? ''
  await link.click()
  await joined
  return meeting
}

/** Resolves once the page's script listens, which joining the meeting's room shows. */
async function joinsMeeting(page: Page): Promise<void> {
  await page.waitForEvent('websocket', (socket) => socket.url().includes('/sync/meeting/'))
}

/** An item of the agenda by its number, such as "3.2". */
export function item(page: Page, number: string): Locator {
  return page.getByRole('article', { name: new RegExp(`^${number.replace('.', '\\.')}( |$)`) })
}

/** The live text of a field; it is there once the item is connected. */
export function field(page: Page, number: string, label: FieldLabel): Locator {
  return item(page, number).getByRole('textbox', { name: label, exact: true })
}

/** Brings an item to the screen and waits until it can be written in. */
export async function visit(page: Page, number: string, label: FieldLabel = 'Indstilling'): Promise<Locator> {
  await item(page, number).scrollIntoViewIfNeeded()
  const text = field(page, number, label)
  await expect(text).toBeEditable()
  return text
}

/** Puts the caret at the very end of a field's text. */
export async function caretAtEnd(text: Locator): Promise<void> {
  await text.click()
  await text.press('Control+End')
}

/** The words of a live text, without the names that hang on the others' carets. */
export function wordsOf(text: Locator): Promise<string> {
  return text.evaluate((root) => {
    const copy = root.cloneNode(true)
    if (copy instanceof Element) for (const caret of copy.querySelectorAll('.caret')) caret.remove()
    return copy.textContent ?? ''
  })
}

/** Opens a page of the meeting and waits until its script listens. */
export async function openLive(page: Page, url: string): Promise<void> {
  const joined = joinsMeeting(page)
  await page.goto(url)
  await joined
}

/** Goes on with Tab alone until the element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused({ timeout: 50 })
  }).toPass({ intervals: [0], timeout: 30_000 })
}

/** Goes to an item through the outline, so that the side panel speaks of it. */
export async function goTo(page: Page, number: string): Promise<void> {
  const line = outlineLine(page, number)
  await line.click()
  await expect(line).toHaveAttribute('aria-current', 'true')
}

/** An item's line in the outline. */
export function outlineLine(page: Page, number: string): Locator {
  return page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`(^| )${number.replace('.', '\\.')}( |$)`) })
}

/** Waits until the pill says that the server has committed everything. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('[data-status="saved"]')).toHaveText(/^(Gemt \d|Alt er gemt)/)
}

/** Selects words within an element, as dragging over them would. */
export async function selectWords(text: Locator, words: string): Promise<void> {
  await text.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      if (root instanceof HTMLElement) root.focus()
      const selection = window.getSelection()
      selection?.removeAllRanges()
      selection?.addRange(range)
      return
    }
    throw new Error(`"${wanted}" stands in no single run of text`)
  }, words)
}
