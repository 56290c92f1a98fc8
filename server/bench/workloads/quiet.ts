import { readCookies } from '../client/target.ts'
import { median } from '../median.ts'
import { idOf } from '../names.ts'
import type { Cell, Workload } from './workload.ts'

const size = { rooms: 10, perRoom: 10 }
const pace = { perSecond: size.rooms * size.perRoom * 5, seconds: 3 }
const rendersPerSecond = 20
const turns = 3

/** Typing while pages are rendered and searched, beside typing alone, by turns on the same process. */
export const quiet: Workload = {
  name: 'quiet',
  title: `Fan-out, 10 rooms × 10, alone and beside ${rendersPerSecond} page renders and one full-text query a second`,
  figures: [
    { key: 'p99Alone', label: 'p99 alone, ms', digits: 2 },
    { key: 'p99Beside', label: 'p99 beside, ms', digits: 2 },
    { key: 'times', label: 'times', digits: 2 },
    { key: 'p50Alone', label: 'p50 alone, ms', digits: 2 },
    { key: 'p50Beside', label: 'p50 beside, ms', digits: 2 },
    { key: 'rendered', label: 'pages/s', digits: 1 },
  ],
  suits: (kind) => kind.wire === 'ours',
  patienceSeconds: 120,
  measure: async (cell) => {
    await cell.startWhole()
    await begun(cell)
    const { client, target } = cell
    await client.call('connect', { target, size })
    await client.call('type', { ...pace, seconds: cell.warmUp })
    const figures: Record<
      'p99Alone' | 'p99Beside' | 'p50Alone' | 'p50Beside' | 'rendered',
      (number | null)[]
    > = { p99Alone: [], p99Beside: [], p50Alone: [], p50Beside: [], rendered: [] }
    for (let turn = 0; turn < turns; turn++) {
      const alone = await client.call('type', pace)
      figures.p99Alone.push(alone.p99)
      figures.p50Alone.push(alone.p50)
      const stop = renderSteadily(cell)
      const beside = await client.call('type', pace)
      figures.rendered.push((await stop()) / pace.seconds)
      figures.p99Beside.push(beside.p99)
      figures.p50Beside.push(beside.p50)
    }
    const medians = Object.fromEntries(Object.entries(figures).map(([key, all]) => [key, median(all)]))
    const { p99Alone, p99Beside } = medians
    return { ...medians, times: p99Alone && p99Beside ? p99Beside / p99Alone : null }
  },
}

/** Asks for a meeting's reader and reads the answer whole; throws when it is not that. */
async function render({ target }: Cell): Promise<void> {
  const [cookie = ''] = readCookies(target.cookieFile)
  const path = `/moeder/${idOf('meeting', 1)}/laes`
  const answer = await fetch(`http://127.0.0.1:${target.port}${path}`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`A page answered ${answer.status}: ${text.slice(0, 200)}`)
}

/** Asks until the pages have begun to answer. */
async function begun(cell: Cell): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      return await render(cell)
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** Asks for pages at an even pace, whether or not they keep up; answers how to stop, which tells how many came. */
function renderSteadily(cell: Cell): () => Promise<number> {
  let rendered = 0
  const asked: Promise<void>[] = []
  const timer = setInterval(() => {
    asked.push(
      render(cell).then(() => {
        rendered++
      }),
    )
  }, 1000 / rendersPerSecond)
  return async () => {
    clearInterval(timer)
    const inTime = rendered
    await Promise.all(asked)
    return inTime
  }
}
