import { fileURLToPath } from 'node:url'

/*
 * The first half of `npm start`, which builds what has changed; the built process then takes this one's place, so that
 * it carries nothing of the tools that built it. With `--dev` (`npm run dev`) the process runs here, from its sources.
 */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 20 || (major === 20 && minor >= 19)) await start()
else stop(`Dagsorden needs Node 20.19 or newer; this is ${process.versions.node}.`)

async function start(): Promise<void> {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  if (process.argv.includes('--dev')) return startSources()
  const { buildWhenChanged } = await import('./build.ts')
  try {
    await buildWhenChanged((line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error))
  }
}

async function startSources(): Promise<void> {
  const { generateClient } = await import('@/prisma/generate.ts')
  generateClient()
  await import('./main.ts')
}

function stop(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
