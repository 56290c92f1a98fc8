import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForServer } from '@/prisma/testing/each-store.ts'
import { faults } from './all.ts'
import { perform } from './perform.ts'
import { Stage } from './stage.ts'

/* The short form of each fault; `npm run faults -- --long` is the other. */

const server = await askForServer()
let stage: Stage

beforeAll(async () => {
  stage = await Stage.prepare(server.url)
})

afterAll(() => stage.dispose())

describe.each(faults)('Fault $number, $name', (fault) => {
  for (const store of fault.shortStores ?? fault.stores) {
    const isThere = store === 'embedded' || server.url !== null
    test.skipIf(!isThere)(`${fault.about} (${store})`, { timeout: 120_000 }, async () => {
      const figures = await perform(stage, { fault, store, scale: fault.short, seed: 1 })
      expect(Object.keys(figures)).not.toEqual([])
    })
  }
})
