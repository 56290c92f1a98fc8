/** Each at least 4.5:1 against white, so that a name is legible on it and a caret of it on paper. */
const palette = [
  '#1d5fa8',
  '#9a3412',
  '#166534',
  '#7e22ce',
  '#b4235a',
  '#0f766e',
  '#854d0e',
  '#4338ca',
  '#a21caf',
  '#3f6212',
] as const

/** The colour of a person's caret and initials: the same for everyone and at every visit. */
export function personColour(userId: string): string {
  let sum = 0
  for (const letter of userId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return palette[sum % palette.length] ?? palette[0]
}
