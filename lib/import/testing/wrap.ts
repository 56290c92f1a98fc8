const vowel = '[aeiouyæøå]'
const cluster = '(?:[bfgkp][lr]|[dt]r|s[kpt])'
const breakPoint = new RegExp(`(?<=${vowel}[a-zæøå]*)(?=(?:${cluster}|[b-df-hj-np-tvwxz])${vowel})`, 'gu')
const insideCluster = new RegExp(`^${cluster}$`, 'u')

/** Fills lines greedily, parting the word at a line's end as Danish does: one consonant goes to the next line. */
export function wrap(text: string, measure: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = measure - line.length - (line ? 1 : 0)
    if (word.length <= room) {
      line = line ? `${line} ${word}` : word
      continue
    }
    const [head, tail] = line ? partWord(word, room) : ['', word]
    lines.push(head ? `${line} ${head}` : line)
    line = tail
  }
  return [...lines, line].filter(Boolean)
}

/** The longest first part that fits with its hyphen, and the rest; a word's own hyphen may also end the line. */
function partWord(word: string, room: number): [string, string] {
  const hard = [...word.matchAll(/(?<=[^\s-]-)(?=[^\s-])/gu)].map((match) => match.index)
  const soft = softBreaks(word).filter((at) => at + 1 <= room)
  const at = Math.max(...soft, ...hard.filter((index) => index <= room), 0)
  if (at === 0) return ['', word]
  return [`${word.slice(0, at)}${soft.includes(at) ? '-' : ''}`, word.slice(at)]
}

/** Where a word in lower case may be parted: two letters stay and three go on, none of them a word of its own. */
function softBreaks(word: string): number[] {
  if (!/^["(]*\p{L}\p{Ll}+[.,:")]*$/u.test(word)) return []
  return [...word.matchAll(breakPoint)]
    .map((match) => match.index)
    .filter((at) => at >= 2 && at <= word.length - 3 && !insideCluster.test(word.slice(at - 1, at + 1)))
}
