import { fileURLToPath, pathToFileURL } from 'node:url'

// `npm start` and `npm run dev` (`--build` builds only): everything runs in this one process, so that Ctrl-C reaches it and nothing else.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 20 || (major === 20 && minor >= 19)) await start()
else stop(`Dagsorden needs Node 20.19 or newer; this is ${process.versions.node}.`)

async function start(): Promise<void> {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  if (process.argv.includes('--dev')) return startSources()
  const { buildWhenChanged, bundledMain } = await import('./build.ts')
  try {
    await buildWhenChanged((line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error))
  }
  if (!process.argv.includes('--build')) await import(pathToFileURL(bundledMain).href)
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
