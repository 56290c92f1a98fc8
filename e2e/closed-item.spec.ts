import type { Page } from '@playwright/test'
import { arrive } from './support/people.ts'
import { listenIn } from './support/received.ts'
import { startServer } from './support/server.ts'
import { caretAtEnd, goTo, item, openMeeting, saved, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

const planted = 'Kanariefuglen'
const publicTitle = 'Køb af en ejendom'

/** Tries every road to an item that is known from its time as an open one. */
async function tryEveryRoad(
  page: Page,
  { name, url, meeting, itemId, annexId }: Record<'name' | 'url' | 'meeting' | 'itemId' | 'annexId', string>,
) {
  const id = meeting.split('/').at(-1)
  for (const what of ['agenda', 'approvals', 'threads', 'review']) {
    await page.evaluate((path) => fetch(path).then((answer) => answer.text()), `/api/meetings/${id}/${what}`)
  }
  for (const what of ['history', 'difference?since=approved']) {
    await page.evaluate((path) => fetch(path).then((answer) => answer.text()), `/api/items/${itemId}/${what}`)
  }
  const annex = await page.evaluate(
    (path) => fetch(path).then((answer) => answer.text().then(() => answer.status)),
    `/api/annexes/${annexId}`,
  )
  expect(annex).toBe(name === 'public' ? 401 : 404)
  // As a page and as what Next fetches when one goes there by a link.
  for (const path of [meeting, `${meeting}/laes`, `${meeting}/godkend`, '/']) {
    await page.evaluate((to) => fetch(to).then((answer) => answer.text()), path)
    await page.evaluate((to) => fetch(to, { headers: { rsc: '1' } }).then((answer) => answer.text()), path)
  }
  await page.goto(`${url}${meeting}/laes`)
  await expect(page.getByRole('main')).toBeVisible()
  await expect(page).toHaveURL(name === 'public' ? /log-ind/ : /laes/)
  for (const generation of ['', '?generation=1', '?generation=2', '?generation=2&write=1']) {
    const code = await page.evaluate(
      (path) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}${path}`)
          socket.binaryType = 'arraybuffer'
          socket.onopen = () => socket.send(new Uint8Array([0, 0, 1, 0]))
          socket.onclose = (event) => resolve(event.code)
        }),
      `/sync/item/${itemId}${generation}`,
    )
    expect(code).toBeGreaterThanOrEqual(4400)
  }
}

test('nobody without the right receives a byte of a closed item', async ({ browser }) => {
  const server = await startServer()
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await visit(jhp, '3.3')
  const itemId = (await item(jhp, '3.3').getAttribute('id'))?.replace(/^[a-z]+-/, '') ?? ''
  expect(itemId).toMatch(/^[0-9a-f-]{36}$/)

  const readers: [string, Page][] = []
  for (const initials of ['odd', 'obs'] as const) {
    const page = await arrive(await browser.newContext(), initials, server.url)
    await openMeeting(page)
    await expect(item(page, '3.3')).toContainText('faglærte')
    readers.push([initials, page])
  }
  const guest = await (await browser.newContext()).newPage()
  await guest.goto(server.url)
  readers.push(['public', guest])
  const received = new Map(readers.map(([name, page]) => [name, listenIn(page)]))
  const entitled = await arrive(await browser.newContext(), 'syd', server.url)
  await openMeeting(entitled)
  const heard = listenIn(entitled)

  await test.step('the secretary closes 3.3 and writes in it', async () => {
    await item(jhp, '3.3').getByRole('button', { name: 'Handlinger for punkt 3.3' }).click()
    await jhp.getByRole('menuitem', { name: 'Luk punktet for offentligheden' }).click()
    const dialog = jhp.getByRole('dialog')
    await dialog.getByLabel('Offentlig titel').fill(publicTitle)
    await dialog.getByLabel('Begrundelse').fill(`Begrundelse ${planted}`)
    await dialog.getByRole('button', { name: 'Luk punktet' }).click()
    await expect(item(jhp, '3.3')).toContainText('Lukket')
    const text = await visit(jhp, '3.3')
    await caretAtEnd(text)
    await jhp.keyboard.insertText(` ${planted}`)
    await saved(jhp)
  })

  let annexId = ''
  await test.step('adds an annex and a comment to it', async () => {
    const upload = await jhp.request.post(`${server.url}/api/items/${itemId}/annexes`, {
      multipart: {
        title: `Bilag ${planted}`,
        file: { name: `${planted}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`Indhold ${planted}`) },
      },
    })
    annexId = (await upload.json()).id
    await goTo(jhp, '3.3')
    await jhp.getByRole('button', { name: 'Kommentér punktet' }).click()
    await jhp.getByLabel('Din kommentar').fill(`Bemærkning ${planted}`)
    await jhp.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(jhp.getByText(`Bemærkning ${planted}`)).toBeVisible()
  })

  await test.step('a member with the right reads it', async () => {
    await expect(item(entitled, '3.3')).toContainText(planted)
    expect((await heard.holds(planted)).length).toBeGreaterThan(0)
  })

  for (const [name, page] of readers) {
    await test.step(`${name} receives the public title at most`, async () => {
      if (name !== 'public') {
        await expect(item(page, '3.3')).toContainText(publicTitle)
        await expect(item(page, '3.3')).not.toContainText('faglærte')
      }
      await tryEveryRoad(page, { name, url: server.url, meeting, itemId, annexId })
      const bytes = received.get(name)
      expect(bytes?.count()).toBeGreaterThan(10)
      expect(await bytes?.holds(planted)).toEqual([])
      expect(await bytes?.unread()).toEqual([])
      if (name === 'public') expect(await bytes?.holds(publicTitle)).toEqual([])
    })
  }
  await server.dispose()
})
