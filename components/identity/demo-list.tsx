'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Role, roles } from '@/lib/identity/rules.ts'
import styles from './demo-list.module.css'
import { useAskAuth } from './use-ask-auth.ts'

export type Persona = { id: string; name: string; initials: string; role: Role; readsClosed: boolean }

/** The demo's people by role, each one press away. */
export function DemoList({ people, callbackUrl }: { people: readonly Persona[]; callbackUrl: string }) {
  const t = useTranslations('identity')
  const { asking, ask } = useAskAuth()
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = roles
    .map((role) => ({ role, members: people.filter((person) => person.role === role) }))
    .filter(({ members }) => members.length > 0)

  function choose(person: Persona) {
    setChosen(person.id)
    ask('callback/demo', { personId: person.id, callbackUrl })
  }

  return (
    <div className={styles.groups}>
      {groups.map(({ role, members }) => (
        <section key={role} className={styles.group} aria-labelledby={`role-${role}`}>
          <div className={styles.head}>
            <h3 id={`role-${role}`}>{t(`groups.${role}`)}</h3>
            <p>{t(`may.${role}`)}</p>
          </div>
          <ul className={styles.people}>
            {members.map((person) => (
              <li key={person.id} className={styles.line}>
                <button
                  type="button"
                  className={styles.person}
                  aria-describedby={`hint-${person.id}`}
                  disabled={asking === 'working'}
                  onClick={() => choose(person)}
                >
                  <span className={styles.initials} aria-hidden>
                    {person.initials}
                  </span>
                  <span>{person.name}</span>
                </button>
                <span id={`hint-${person.id}`} className={styles.hint}>
                  {asking === 'working' && chosen === person.id
                    ? t('working')
                    : !person.readsClosed && t('demo.noClosed')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {asking === 'away' && <p role="alert">{t('offline')}</p>}
    </div>
  )
}
