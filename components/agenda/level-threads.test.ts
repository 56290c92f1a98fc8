import { describe, expect, it } from 'vitest'
import { levelThreads, type Place } from './level-threads.ts'

const column = { top: 100, bottom: 800 }
const place = (want: number | null, height = 100): Place => ({ want, height })

describe('levelThreads', () => {
  it.each<[string, Place[], number[]]>([
    ['each level with its words', [place(150), place(400)], [150, 400]],
    ['the second pushed down by the first', [place(150), place(160)], [150, 250]],
    ['words above the screen leave it at the top', [place(-500), place(300)], [100, 300]],
    ['words below the screen keep it in sight at the bottom', [place(200), place(5000)], [200, 700]],
    ['one without words follows the last', [place(300), place(null)], [300, 400]],
    ['more than fit stand one after another from the top', [place(500, 400), place(500, 400)], [100, 500]],
    ['none', [], []],
  ])('%s', (_, places, tops) => {
    expect(levelThreads(places, column)).toEqual(tops)
  })
})
