import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { itemAnchor } from '@/components/agenda/use-current-item.ts'
import type { Finding } from '@/lib/dispatch/schema.ts'
import styles from './dispatch.module.css'

type FindingsProps = {
  findings: Finding[]
  /** The page the items stand on; nothing for the one that is shown. */
  path?: string
  onGo?: (itemId: string) => void
}

/** What stands in the way of sending out, item by item, each with a link to it. */
export function Findings({ findings, path = '', onGo }: FindingsProps) {
  const t = useTranslations('dispatch')
  function go(event: MouseEvent, itemId: string) {
    if (!onGo) return
    event.preventDefault()
    onGo(itemId)
  }
  return (
    <ul className={styles.findings}>
      {groupsOf(findings).map(({ itemId, number, title, codes }) => (
        <li key={itemId ?? 'agenda'}>
          {itemId === null ? (
            <span>{codes.map((code) => t(`finding.${code}`)).join(' ')}</span>
          ) : (
            <a href={`${path}#${itemAnchor(itemId)}`} onClick={(event) => go(event, itemId)}>
              <span className={styles.number}>{number}</span>
              <span>
                <span className={styles.title}>{title || t('untitled')}</span>
                <span className={styles.what}>{codes.map((code) => t(`finding.${code}`)).join(' · ')}</span>
              </span>
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

type Group = Pick<Finding, 'itemId' | 'number' | 'title'> & { codes: Finding['code'][] }

function groupsOf(findings: Finding[]): Group[] {
  const groups = new Map<string | null, Group>()
  for (const { itemId, number, title, code } of findings) {
    const group = groups.get(itemId) ?? { itemId, number, title, codes: [] }
    group.codes.push(code)
    groups.set(itemId, group)
  }
  return [...groups.values()]
}
