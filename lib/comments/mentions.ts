import type { ThreadPerson } from './schema.ts'

/** A person named in a text, and where: `from` stands on the @. */
export type Mention = { userId: string; from: number; to: number }

/**
 * Finds who is mentioned in a text: "@" and a person's whole name or initials, in any letter case, not within a word
 * or an address. The longest name wins; initials that several people share mention all of them.
 */
export function findMentions(text: string, people: readonly ThreadPerson[]): Mention[] {
  const mentions: Mention[] = []
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}@._-])@(?=\p{L})/gu)) {
    const after = text.slice(index + 1)
    const named = people.flatMap(({ userId, name, initials }) => {
      const length = Math.max(lengthAt(after, name), lengthAt(after, initials))
      return length > 0 ? [{ userId, from: index, to: index + 1 + length }] : []
    })
    const end = Math.max(...named.map(({ to }) => to), 0)
    mentions.push(...named.filter(({ to }) => to === end))
  }
  return mentions
}

/** The length of `words` where `text` begins with them as whole words, else 0. */
function lengthAt(text: string, words: string): number {
  if (!words) return 0
  const begins = text.slice(0, words.length).toLocaleLowerCase('da') === words.toLocaleLowerCase('da')
  return begins && !/^[\p{L}\p{N}]/u.test(text.slice(words.length)) ? words.length : 0
}

/** The people whose initials or a part of whose name begin with what was typed behind an @, in Danish order. */
export function completions(people: readonly ThreadPerson[], typed: string): ThreadPerson[] {
  const wanted = typed.toLocaleLowerCase('da')
  const begins = (words: string) => words.toLocaleLowerCase('da').startsWith(wanted)
  return people
    .filter(({ name, initials }) => begins(initials) || begins(name) || name.split(/[\s-]+/).some(begins))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'da'))
}

/** What stands between an @ and the caret (0-based) as the beginning of a mention; null where none is being written. */
export function mentionBefore(text: string, caret: number): string | null {
  const found = /(?<![\p{L}\p{N}@._-])@([\p{L}\p{N}][\p{L}\p{N} .-]{0,40})?$/u.exec(text.slice(0, caret))
  return found ? (found[1] ?? '') : null
}

/** What a person is mentioned by among others: their initials, or their name where somebody shares those. */
export function mentionText(person: ThreadPerson, people: readonly ThreadPerson[]): string {
  const initials = person.initials.toLocaleLowerCase('da')
  const sharing = people.filter((one) => one.initials.toLocaleLowerCase('da') === initials)
  return person.initials && sharing.length < 2 ? person.initials : person.name
}
