import { arrive } from './support/people.ts'
import { startServer } from './support/server.ts'
import { caretAtEnd, field, openMeeting, saved, visit, wordsOf } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

test('what showed as saved survives a SIGKILL, and open pages come back by themselves', async ({
  browser,
}) => {
  const server = await startServer()
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)
  const mine = await visit(jhp, '3.2')
  const theirs = await visit(chbo, '3.2')
  await caretAtEnd(mine)
  await mine.pressSequentially(' Gemt-før-faldet')
  await saved(jhp)
  await server.kill()

  await test.step('writing goes on while the server is away', async () => {
    await mine.pressSequentially(' Skrevet-under-faldet')
    await expect(jhp.locator('[data-status="offline"]')).toHaveText(/Ikke gemt endnu/)
  })

  await server.restart()
  await test.step('a new page has every saved word', async () => {
    const fresh = await arrive(await browser.newContext(), 'chbo', server.url)
    await openMeeting(fresh)
    await expect(await visit(fresh, '3.2')).toContainText('Gemt-før-faldet')
  })
  await test.step('open pages reconnect without being touched', async () => {
    await expect(theirs).toContainText('Skrevet-under-faldet')
    await saved(jhp)
    const text = await wordsOf(field(chbo, '3.2', 'Indstilling'))
    for (const words of ['Gemt-før-faldet', 'Skrevet-under-faldet']) expect(text.split(words).length).toBe(2)
  })
  await server.dispose()
})
