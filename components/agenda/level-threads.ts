/** Where a conversation would like to stand and how tall it is, in CSS pixels from the top of the window. */
export type Place = { want: number | null; height: number }

/**
 * The top of each conversation, in order: level with its words where there is room, pushed down by those before it,
 * and pulled up so far that all stay above `bottom` when they can. One without words on the page follows the last.
 */
export function levelThreads(places: Place[], { top, bottom }: { top: number; bottom: number }): number[] {
  let free = top
  let left = places.reduce((sum, { height }) => sum + height, 0)
  return places.map(({ want, height }) => {
    const at = Math.max(free, Math.min(want ?? free, bottom - left))
    free = at + height
    left -= height
    return at
  })
}
