import type { Template } from './schema.ts'

/** A section of an agenda as it is compared with its template. */
export type ComparedSection = {
  number: string
  title: string
  templateKey: string | null
  items: { number: string; title: string; templateKey: string | null }[]
}

/** One way in which an agenda is not as its body's template begins it. */
export type Departure =
  | { kind: 'section-missing' | 'item-missing'; title: string }
  | { kind: 'section-added'; number: string; title: string }
  | { kind: 'section-renamed'; number: string; title: string; was: string }
  | { kind: 'sections-reordered' }
  | { kind: 'item-elsewhere'; number: string; title: string; was: string }

/**
 * How an agenda departs from its template, in the template's order and what is added last. Items that are no standing
 * ones are what an agenda is for, and no departure. A part is known by the template's key, or where it has none (the
 * agenda was imported) by its title.
 */
export function departuresOf(
  template: Template,
  { sections, hasPrevious }: { sections: readonly ComparedSection[]; hasPrevious: boolean },
): Departure[] {
  const found = template.sections.map((wanted) => ({
    wanted,
    section: sections.find((one) => isFrom(wanted, one)),
  }))
  const ordered = found.flatMap(({ section }) => (section ? [sections.indexOf(section)] : []))
  const all = sections.flatMap((section) => section.items.map((item) => ({ item, section })))
  return [
    ...found.flatMap(({ wanted, section }): Departure[] => {
      if (!section) return [{ kind: 'section-missing', title: wanted.title }]
      const { number, title } = section
      return same(title, wanted.title) ? [] : [{ kind: 'section-renamed', number, title, was: wanted.title }]
    }),
    ...(ordered.some((at, turn) => turn > 0 && at < (ordered[turn - 1] ?? 0))
      ? [{ kind: 'sections-reordered' } as const]
      : []),
    ...found.flatMap(({ wanted, section }) =>
      wanted.items
        .filter(({ standing }) => standing !== 'minutes' || hasPrevious)
        .flatMap((item): Departure[] => {
          const place = all.find((one) => isFrom(item, one.item))
          // A section that is missing is told already, and its items with it.
          if (!place) return section ? [{ kind: 'item-missing', title: item.title }] : []
          if (place.section === section) return []
          const { number, title } = place.item
          return [{ kind: 'item-elsewhere', number, title, was: wanted.title }]
        }),
    ),
    ...sections
      .filter((section) => !found.some((one) => one.section === section))
      .map(({ number, title }): Departure => ({ kind: 'section-added', number, title })),
  ]
}

type Part = { title: string; templateKey: string | null }

function isFrom(wanted: { key: string; title: string }, part: Part): boolean {
  return part.templateKey === null ? same(part.title, wanted.title) : part.templateKey === wanted.key
}

function same(one: string, other: string): boolean {
  return plainTitle(one) === plainTitle(other)
}

/** A title as two are compared: letter case, spaces and a full stop at the end do not tell them apart. */
export function plainTitle(title: string): string {
  return title.toLocaleLowerCase('da').replace(/\s+/g, ' ').trim().replace(/\.$/, '')
}
