import { useTranslations } from 'next-intl'
import { ProseView } from '@/components/agenda/prose-view.tsx'
import { numbering } from '@/lib/agenda/rules.ts'
import { toProse } from '@/lib/import/content.ts'
import type { ItemText, ProofLine } from '@/lib/import/schema.ts'
import type { ReadFile } from './import-client.ts'
import styles from './import-proof.module.css'

/** The proof that nothing was lost: every source line with its place beside the agenda it became. */
export function ImportProof({ read: { agenda, proof } }: { read: ReadFile }) {
  const t = useTranslations('import')
  const { account, hyphens } = agenda
  const items = agenda.sections.reduce((sum, section) => sum + section.items.length, 0)
  return (
    <section aria-labelledby="proof-heading" className={styles.proof}>
      <h2 id="proof-heading">{t('proof')}</h2>
      <p>
        {t('summary', {
          sections: agenda.sections.length,
          items,
          placed: account.placed,
          lines: account.lines,
        })}
      </p>
      {account.unplaced.length > 0 ? (
        <div role="alert" className={styles.unplaced}>
          <p>{t('unplaced', { count: account.unplaced.length })}</p>
          <ul>
            {account.unplaced.map(({ line, text }) => (
              <li key={line}>
                <span className={styles.line}>{line}</span> {text}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className={styles.whole}>{t('allPlaced')}</p>
      )}
      <Hyphens joined={hyphens.joined} kept={hyphens.kept} />
      <div className={styles.sides}>
        <section className={styles.source} aria-label={t('source')}>
          <h3>{t('source')}</h3>
          <ol>
            {proof.map((line) => (
              <SourceLine key={line.line} line={line} />
            ))}
          </ol>
        </section>
        <Result agenda={agenda} />
      </div>
    </section>
  )
}

function Hyphens({ joined, kept }: ReadFile['agenda']['hyphens']) {
  const t = useTranslations('import')
  if (joined.length + kept.length === 0) return null
  return (
    <details className={styles.hyphens}>
      <summary>{t('hyphens', { joined: joined.length, kept: kept.length })}</summary>
      <ul>
        {[
          ...joined.map((note) => ({ ...note, kept: false })),
          ...kept.map((note) => ({ ...note, kept: true })),
        ].map(({ line, word, kept: stays }) => (
          <li key={line}>
            <span className={styles.line}>{line}</span> {word} {stays && <em>{t('keptHyphen')}</em>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function SourceLine({ line: { line, text, place } }: { line: ProofLine }) {
  const t = useTranslations('import')
  const number = place ? [place.section, place.item].filter((part) => part !== null).join('.') : ''
  return (
    <li data-unplaced={place === null || undefined}>
      <span className={styles.line}>{line}</span>
      <span className={styles.text}>{text}</span>
      <span className={styles.place}>{place ? `${number} ${t(`part.${place.part}`)}` : t('part.none')}</span>
    </li>
  )
}

function Result({ agenda }: Pick<ReadFile, 'agenda'>) {
  const t = useTranslations('import')
  const numbers = numbering(
    agenda.sections.map((section, at) => ({
      id: `${at}`,
      items: section.items.map((_, index) => ({ id: `${at}.${index}` })),
    })),
  )
  return (
    <section className={styles.result} aria-label={t('result')}>
      <h3>{t('result')}</h3>
      <ProseView prose={toProse(agenda.preface)} />
      {agenda.sections.map((section, at) => (
        <section key={numbers.get(`${at}`)}>
          <h4>
            {numbers.get(`${at}`)}. {section.title}
          </h4>
          {section.items.map((item, index) => (
            <ResultItem
              key={numbers.get(`${at}.${index}`)}
              number={numbers.get(`${at}.${index}`) ?? ''}
              item={item}
            />
          ))}
        </section>
      ))}
    </section>
  )
}

function ResultItem({ number, item }: { number: string; item: ItemText }) {
  const t = useTranslations('import')
  return (
    <article>
      <h5>
        {number} {item.title}
      </h5>
      <p className={styles.case}>
        {[item.caseNumber, item.caseworkers.join('/')].filter(Boolean).join(' · ')}
      </p>
      {(['background', 'recommendation', 'presentation'] as const).map(
        (field) =>
          item[field] && (
            <div key={field}>
              <h6>{t(`part.${field}`)}</h6>
              <ProseView prose={toProse(item[field])} headingLevel={6} />
            </div>
          ),
      )}
      {item.annexes.length > 0 && (
        <ul className={styles.annexes} aria-label={t('annexes')}>
          {item.annexes.map((annex) => (
            <li key={`${annex.title}${annex.url}`}>
              {annex.title}
              {annex.url && <span className={styles.url}> {annex.url}</span>}
            </li>
          ))}
        </ul>
      )}
      {item.links.map((link) => (
        <p key={link.url} className={styles.url}>
          {link.text ? t('linkOn', { word: link.text }) : ''} {link.url}
        </p>
      ))}
    </article>
  )
}
