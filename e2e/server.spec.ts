import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { arrive } from './support/people.ts'
import { startServer } from './support/server.ts'
import { expect, test } from './support/world.ts'

test('the process says what it is, refuses a second one on its data folder, and stops in order', async () => {
  const server = await startServer()
  expect(server.output()).toContain(`Dagsorden is ready on ${server.url}`)
  expect(server.output()).toMatch(/embedded database in .* not a power cut/)
  expect(server.output()).toContain('jhp   Sekretariatet (jhp)')
  expect((await stat(join(server.dataDir, 'secret'))).mode & 0o777).toBe(0o600)
  await expect(startServer({ empty: true, env: { DATA_DIR: server.dataDir } })).rejects.toThrow(
    `The data folder ${server.dataDir} is in use by another Dagsorden process; stop that one first.`,
  )
  expect(await server.stop()).toBe(0)
  await server.dispose()
})

test('after a SIGKILL the same data folder opens again', async ({ request }) => {
  const server = await startServer()
  await server.kill()
  await server.restart()
  expect((await request.get(`${server.url}/log-ind`)).status()).toBe(200)
  await server.dispose()
})

test('a port in use and a wrong setting stop the start with one sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = `${address && typeof address === 'object' ? address.port : 0}`
  await expect(startServer({ env: { PORT: port } })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use; stop what uses it or set PORT to another.`,
  )
  other.close()
  await expect(startServer({ env: { PORT: 'abc' } })).rejects.toThrow(`PORT can't be "abc"`)
})

test('no page breaks its own content security policy, and the policy stops a script in text', async ({
  browser,
}) => {
  const server = await startServer()
  const context = await browser.newContext()
  const broken: string[] = []
  await context.exposeFunction('reportViolation', (violation: string) => broken.push(violation))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Reflect.get(window, 'reportViolation')(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  const page = await arrive(context, 'jhp', server.url)
  await page.getByRole('link', { name: 'Åbn dagsordenen' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
  expect(broken).toEqual([])

  await page.evaluate(() => {
    const stranger = document.createElement('div')
    stranger.innerHTML = '<img src="data:," onerror="document.title = \'injected\'">'
    document.body.append(stranger)
  })
  await expect.poll(() => broken).toEqual(['script-src-attr inline'])
  await expect(page).not.toHaveTitle('injected')
  await server.dispose()
})
