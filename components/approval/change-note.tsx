import { useLocale, useTranslations } from 'next-intl'
import type { Difference } from '@/lib/agenda/diff.ts'
import styles from './review.module.css'
import { useWhen } from './when.ts'

/** What the words on the screen are compared with. */
export type Basis = { kind: 'approved' | 'read'; at: string | null }

/** Says in a sentence or two what changed, since one's own approval or while one was reading. */
export function ChangeNote({
  difference,
  basis,
  now,
}: {
  difference: Difference
  basis: Basis
  now: string
}) {
  const t = useTranslations('approval')
  const when = useWhen(now)
  const sentences = useChangeSentences(difference)
  const since =
    basis.kind === 'approved' && basis.at
      ? t('note.sinceApproved', { when: when(basis.at) })
      : t('note.whileReading')
  return (
    <p className={styles.note} data-change-note>
      {[since, ...sentences].join(' ')}{' '}
      <button type="button" className={styles.toChange} onClick={showFirstChange}>
        {t('note.show')}
      </button>
    </p>
  )
}

function showFirstChange(): void {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const [first] = document.querySelectorAll('article :is(ins, del)')
  first?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}

// Up to here a number is written as a word, as is the custom in running text.
const writtenOut = 12

/** The sentences that count what changed: "To ord er nye, ét er væk." */
export function useChangeSentences(difference: Difference): string[] {
  const t = useTranslations('approval')
  const locale = useLocale()
  const { counts, kind, visibility, annexes, fields, moves } = difference
  const count = (name: 'added' | 'removed' | 'removedToo', of: number) =>
    t(`note.${name}`, { count: of, word: of <= writtenOut ? t(`numbers.n${of}`) : `${of}` })
  const words = [
    ...(counts.added ? [count('added', counts.added)] : []),
    ...(counts.removed ? [count(counts.added ? 'removedToo' : 'removed', counts.removed)] : []),
  ]
  const changedAnnexes = annexes.filter(({ change }) => change !== 'same').length
  const restructured =
    words.length === 0 && moves === 0 && !counts.restyled && fields.some(({ change }) => change !== 'same')
  return [
    ...(words.length ? [`${capital(words.join(', '), locale)}.`] : []),
    ...(counts.restyled ? [t('note.restyled')] : []),
    ...(moves ? [t('note.moves', { count: moves })] : []),
    ...(restructured ? [t('note.restructured')] : []),
    ...(kind ? [kind.after ? t(`note.kind.${kind.after}`) : t('note.noKind')] : []),
    ...(visibility ? [t(`note.${visibility.after}`)] : []),
    ...(changedAnnexes ? [t('note.annexes', { count: changedAnnexes })] : []),
  ]
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
