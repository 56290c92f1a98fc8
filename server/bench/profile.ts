import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/*
 * `node --import tsx server/bench/profile.ts <folder> [seconds]`: where the threads of a server spent their time, by the
 * profiles that `npm run bench -- --profile <folder>` left there; all of it, or the last so many seconds before the
 * server stopped. Times are a share of the time a thread was doing something.
 */

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})

const most = 28
const [, , folder = '.', last = 'Infinity'] = process.argv
const lastMicros = Number(last) * 1e6
if (Number.isNaN(lastMicros)) throw new Error(`${last} is no number of seconds`)
for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
  const profile = profileSchema.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  process.stdout.write(`\n${file}\n${told(profile)}\n`)
}

function told({ nodes, samples, timeDeltas }: z.infer<typeof profileSchema>): string {
  const names = new Map<number, string>()
  const parents = new Map<number, number>()
  for (const { id, callFrame, children = [] } of nodes) {
    const place = callFrame.url && `${path.basename(callFrame.url)}:${callFrame.lineNumber + 1}`
    names.set(id, `${callFrame.functionName || '(anonymous)'} ${place}`.trim())
    for (const child of children) parents.set(child, id)
  }
  const own = new Map<string, number>()
  const within = new Map<string, number>()
  let [active, all] = [0, 0]
  let left = timeDeltas.reduce((sum, took) => sum + took, 0)
  samples.forEach((id, at) => {
    const took = timeDeltas[at] ?? 0
    left -= took
    if (left > lastMicros) return
    const name = names.get(id) ?? ''
    all += took
    if (name === '(idle)' || name === '(program)') return
    active += took
    own.set(name, (own.get(name) ?? 0) + took)
    const callers = new Set<string>()
    for (let up: number | undefined = id; up !== undefined; up = parents.get(up))
      callers.add(names.get(up) ?? '')
    for (const caller of callers) within.set(caller, (within.get(caller) ?? 0) + took)
  })
  const line = ([name, took]: [string, number]) =>
    `${((100 * took) / active).toFixed(1).padStart(6)} %  ${name}`
  const top = (times: Map<string, number>) =>
    [...times].sort((one, other) => other[1] - one[1]).slice(0, most)
  return [
    `busy ${(active / 1e6).toFixed(1)} s of ${(all / 1e6).toFixed(1)} s; of that, in the function itself:`,
    ...top(own).map(line),
    'and with what it called:',
    ...top(within).map(line),
  ].join('\n')
}
