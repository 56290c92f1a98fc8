import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keptSecret } from './secret.ts'

test('a secret is made once, kept, and readable by its owner only', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dagsorden-secret-'))
  const secret = await keptSecret(folder)
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(await keptSecret(folder)).toBe(secret)
  expect((await stat(path.join(folder, 'secret'))).mode & 0o777).toBe(0o600)
  await rm(folder, { recursive: true })
})
