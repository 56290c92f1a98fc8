/** Puts `id` at a place (0 = first) among the others; takes it out of its old place when it stood among them. */
export function placeAt(ids: readonly string[], id: string, at: number): string[] {
  const others = ids.filter((other) => other !== id)
  const place = Math.max(0, Math.min(at, others.length))
  return [...others.slice(0, place), id, ...others.slice(place)]
}
