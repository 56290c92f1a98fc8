import { afterEach, expect, test, vi } from 'vitest'
import { fetchView, ViewRefused } from './fetch-view.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function answer(status: number) {
  vi.stubGlobal('fetch', async () => Response.json({ status }, { status }))
  return fetchView('meeting', 'agenda').catch((error: unknown) => error instanceof ViewRefused)
}

test.each([401, 403, 404])('%d means that the meeting may not be read', async (status) => {
  expect(await answer(status)).toBe(true)
})

test.each([429, 500, 503])('%d takes no right away', async (status) => {
  expect(await answer(status)).toBe(false)
})

test('what is answered is the view', async () => {
  expect(await answer(200)).toEqual({ status: 200 })
})
