import { expect, it } from 'vitest'
import { completions, findMentions, mentionBefore, mentionText } from './mentions.ts'

const people = [
  { userId: 'j', name: 'Jens Holm Poulsen', initials: 'jhp' },
  { userId: 'k', name: 'Jens Holm', initials: 'jh' },
  { userId: 'a', name: 'Åse Ærø', initials: 'aa' },
  { userId: 'b', name: 'Aase Bo', initials: 'aa' },
]

it.each([
  ['spørg @jhp om det', ['j'], ['@jhp']],
  ['@JHP, ser du?', ['j'], ['@JHP']],
  ['@Jens Holm Poulsen og @Jens Holm', ['j', 'k'], ['@Jens Holm Poulsen', '@Jens Holm']],
  ['@jens holm.', ['k'], ['@jens holm']],
  ['@aa', ['a', 'b'], ['@aa', '@aa']],
  ['@åse ærø!', ['a'], ['@åse ærø']],
  ['@jhpx @ jhp jhp@jhp.dk x@jhp @@jhp', [], []],
  ['(@jh)', ['k'], ['@jh']],
  ['', [], []],
])('%s', (text, users, words) => {
  const found = findMentions(text, people)
  expect(found.map(({ userId }) => userId)).toEqual(users)
  expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(words)
})

it('completes by initials and by any part of a name, in Danish order', () => {
  const names = (typed: string) => completions(people, typed).map(({ name }) => name)
  expect(names('')).toEqual(
    ['Jens Holm', 'Jens Holm Poulsen', 'Åse Ærø', 'Aase Bo'].toSorted((a, b) => a.localeCompare(b, 'da')),
  )
  expect(names('jh')).toEqual(['Jens Holm', 'Jens Holm Poulsen'])
  expect(names('pou')).toEqual(['Jens Holm Poulsen'])
  expect(names('ær')).toEqual(['Åse Ærø'])
  expect(names('xyz')).toEqual([])
})

it.each([
  ['spørg @', ''],
  ['spørg @jh', 'jh'],
  ['@Jens Hol', 'Jens Hol'],
  ['skriv til jhp@jhp', null],
  ['@jhp,', null],
  ['ingen', null],
  ['@@j', null],
])('before the caret in "%s" stands %s', (text, expected) => {
  expect(mentionBefore(`${text} og mere`, text.length)).toBe(expected)
})

it('mentions by initials, or by name where they are shared or missing', () => {
  const texts = people.map((person) => mentionText(person, people))
  expect(texts).toEqual(['jhp', 'jh', 'Åse Ærø', 'Aase Bo'])
  expect(mentionText({ userId: 'o', name: 'Olga', initials: '' }, people)).toBe('Olga')
})
