'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { saveTemplate } from '@/lib/meeting/actions.ts'
import type { Template, TemplateView } from '@/lib/meeting/schema.ts'
import { blanks } from '@/lib/meeting/template.ts'
import styles from './plan.module.css'
import { TemplateSection } from './template-section.tsx'

/** The page on which a body says what its agendas begin with. */
export function TemplateEditor({ view }: { view: TemplateView }) {
  const t = useTranslations('meeting.template')
  const e = useTranslations('errors')
  const toast = useToast()
  const [sections, setSections] = useState(view.template.sections)
  const [saved, setSaved] = useState({ revision: view.revision, sections: view.template.sections })
  const [failure, setFailure] = useState<string | null>(null)
  const [sending, setSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setSending(true)
    setFailure(null)
    const { bodyId } = view
    const answer = await saveTemplate({ bodyId, revision: saved.revision, template: { sections } })
    setSending(false)
    if (!answer.ok) return setFailure(answer.code === 'stale-content' ? t('stale') : e(answer.code))
    setSaved({ revision: answer.value.revision, sections })
    toast({ text: t('saved') })
  }

  function change(next: Template['sections'], removed?: string) {
    const before = sections
    setSections(next)
    if (!removed) return
    const undo = { label: t('undo'), perform: () => setSections(before) }
    toast({ text: t('removed', { what: removed }), act: undo })
  }

  return (
    <main id="indhold" className={styles.page}>
      <p className={styles.kicker}>{view.name}</p>
      <h1>{t('title')}</h1>
      <p className={styles.lead}>{t('lead')}</p>
      <p className={styles.lead}>{t('help')}</p>
      <p className={styles.note}>{t('blanks')}</p>
      <ul className={styles.blanks}>
        {blanks.map((blank) => (
          <li key={blank}>
            <code>{blank}</code>
          </li>
        ))}
      </ul>
      <form onSubmit={save}>
        {sections.map((section, at) => (
          <TemplateSection
            key={section.key}
            sections={sections}
            section={section}
            number={at + 1}
            onChange={change}
          />
        ))}
        <Button
          onClick={() => setSections([...sections, { key: crypto.randomUUID(), title: '', items: [] }])}
        >
          {t('addSection')}
        </Button>
        <div className={styles.end}>
          <Button look="go" type="submit" disabled={sending || sections.length === 0}>
            {t('save')}
          </Button>
          {sections !== saved.sections && !failure && <p className={styles.note}>{t('unsaved')}</p>}
          {failure && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
        </div>
      </form>
    </main>
  )
}
