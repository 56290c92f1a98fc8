'use client'

import type { Editor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type FocusEvent, useRef, useState } from 'react'
import { Icon } from '@/components/ui/icon.tsx'
import type { FieldName } from '@/lib/agenda/doc.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import type { TextSelection, ThreadView } from '@/lib/comments/schema.ts'
import styles from './agenda-field.module.css'
import { FieldEditor } from './field-editor.tsx'
import { FormatBar } from './format-bar.tsx'
import type { LiveItem } from './open-items.ts'
import { ProseView } from './prose-view.tsx'
import { useFieldComments } from './use-field-comments.ts'
import { useHasWords } from './use-live-item.ts'

export type AgendaFieldProps = {
  item: ItemView
  live: LiveItem | null
  field: FieldName
  threads: ThreadView[]
  activeThread: string | null
  onThread: (threadId: string) => void
  onComment: (itemId: string, selection: TextSelection) => void
}

/** A written field with its label; an empty one is an offer to writers and nothing to readers. */
export function AgendaField(props: AgendaFieldProps) {
  const { item, live, field } = props
  const t = useTranslations('agenda')
  const hasWords = useHasWords(live, item, field)
  const [begun, setBegun] = useState(false)
  const label = t(`fields.${field}`)

  if (!hasWords && !begun) {
    if (!item.may.write) return null
    return (
      <div data-field-row={field}>
        <button type="button" className={styles.offer} disabled={!live} onClick={() => setBegun(true)}>
          <Icon name="add" size={13} />
          {label}
        </button>
      </div>
    )
  }
  return <OpenField {...props} label={label} begun={begun} onLeave={() => hasWords || setBegun(false)} />
}

type OpenFieldProps = AgendaFieldProps & { label: string; begun: boolean; onLeave: () => void }

function OpenField({ label, begun, onLeave, ...props }: OpenFieldProps) {
  const { item, live, field } = props
  const row = useRef<HTMLFieldSetElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [within, setWithin] = useState(false)
  const { extensions, highlights, comment } = useFieldComments({ ...props, editor })
  const printed = item.content?.fields[field] ?? emptyProse
  const view = <ProseView prose={printed} field={field} headingLevel={5} highlights={highlights} />

  function onBlur(event: FocusEvent<HTMLElement>) {
    if (event.currentTarget.contains(event.relatedTarget)) return
    setWithin(false)
    onLeave()
  }

  return (
    <fieldset
      ref={row}
      aria-label={label}
      className={styles.field}
      data-field-row={field}
      onFocus={() => setWithin(true)}
      onBlur={onBlur}
    >
      <div className={`stays ${styles.head}`} data-active={within || undefined}>
        <h4 className={styles.label}>{label}</h4>
        {within && editor && <FormatBar editor={editor} onComment={comment} />}
      </div>
      {live ? (
        <FieldEditor
          key={live.key}
          live={live}
          field={field}
          label={label}
          focusOnOpen={begun}
          extensions={extensions}
          printed={view}
          onEditor={setEditor}
          onKey={(event) => reachBar(event, row.current)}
        />
      ) : (
        view
      )}
    </fieldset>
  )
}

/** Alt+F10 goes from the text to its bar; Ctrl+K opens the link field there. */
function reachBar(event: KeyboardEvent, row: HTMLElement | null): boolean {
  const toBar = event.key === 'F10' && event.altKey
  const toLink = event.key === 'k' && (event.ctrlKey || event.metaKey)
  if (toBar) row?.querySelector<HTMLElement>('[role=toolbar] button')?.focus()
  if (toLink) row?.querySelector<HTMLElement>('[data-tool=link]')?.click()
  return toBar || toLink
}

const emptyProse: Prose = { type: 'doc', content: [{ type: 'paragraph' }] }
