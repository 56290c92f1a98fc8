import { parseArgs } from 'node:util'
import { startPostgres } from '@/prisma/testing/postgres.ts'
import { faults } from './all.ts'
import type { Fault } from './fault.ts'
import { perform } from './perform.ts'
import type { StoreName } from './site.ts'
import { Stage } from './stage.ts'

/*
 * `npm run faults -- [name …] [--long] [--seed n] [--times n] [--store embedded|postgresql]`: tries faults one after
 * the other and tells what came of each; ends with 1 when one broke a promise.
 */

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    times: { type: 'string' },
    store: { type: 'string' },
  },
})
const unknown = positionals.find((name) => !faults.some((fault) => fault.name === name))
if (unknown) {
  say(`There is no ${unknown}; there are ${faults.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}
const server = await startPostgres()
if (server.url === null) say(`Without PostgreSQL: ${server.reason}`)
const stage = await Stage.prepare(server.url)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void dispose().then(() => process.exit(1)))
}
let broken = 0
for (const fault of faults) {
  if (positionals.length > 0 && !positionals.includes(fault.name)) continue
  for (const store of storesOf(fault)) {
    if (values.store && values.store !== store) continue
    if (store === 'postgresql' && !stage.hasPostgres) continue
    const scale = { ...(values.long ? fault.long : fault.short) }
    if (values.times) scale.times = Number(values.times)
    const began = performance.now()
    const head = `${fault.name} (fault ${fault.number}, ${store}, seed ${values.seed})`
    try {
      const figures = await perform(stage, { fault, store, scale, seed: Number(values.seed), say })
      const told = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
      say(`HELD   ${head}, ${((performance.now() - began) / 1000).toFixed(1)} s: ${told.join(', ')}`)
    } catch (error) {
      broken++
      say(`BROKEN ${head}: ${error instanceof Error ? error.stack : String(error)}`)
    }
  }
}
await dispose()
process.exit(broken === 0 ? 0 : 1)

function storesOf({ stores, shortStores = stores }: Fault): readonly StoreName[] {
  return values.long || values.store ? stores : shortStores
}

async function dispose(): Promise<void> {
  await stage.dispose()
  if (server.url !== null) server.stop()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
