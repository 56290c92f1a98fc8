'use client'

import { type Editor, getMarkRange } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { markNames, nodeNames, safeUrl } from '@/lib/agenda/prose.ts'
import styles from './format-bar.module.css'

/** Writes, changes or takes away the link at the selection. */
export function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const t = useTranslations('agenda')
  const current: unknown = editor.getAttributes(markNames.link).href
  const [url, setUrl] = useState(typeof current === 'string' ? current : '')
  const [wrong, setWrong] = useState(false)

  function save(event: FormEvent) {
    event.preventDefault()
    const text = url.trim()
    const href = text === '' ? null : safeUrl(/^[a-z]+:/i.test(text) ? text : `https://${text}`)
    if (text !== '' && !href) return setWrong(true)
    const chain = editor.chain().focus().extendMarkRange(markNames.link)
    if (!href) chain.unsetLink().run()
    else if (editor.state.selection.empty && !linkAt(editor)) {
      chain
        .insertContent({
          type: nodeNames.text,
          text: href,
          marks: [{ type: markNames.link, attrs: { href } }],
        })
        .run()
    } else chain.setLink({ href }).run()
    onDone()
  }

  return (
    <form
      className={styles.bar}
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        editor.commands.focus()
        onDone()
      }}
    >
      <input
        // The person just asked for this field.
        ref={(input) => input?.focus()}
        className={styles.url}
        type="text"
        inputMode="url"
        value={url}
        placeholder="https://"
        aria-label={t('format.linkAddress')}
        aria-invalid={wrong}
        title={wrong ? t('format.linkWrong') : undefined}
        onChange={(event) => {
          setUrl(event.target.value)
          setWrong(false)
        }}
      />
      <button type="submit" className={styles.word}>
        {url.trim() === '' && current ? t('format.linkRemove') : t('format.linkSave')}
      </button>
    </form>
  )
}

function linkAt(editor: Editor): boolean {
  const type = editor.schema.marks[markNames.link]
  return type !== undefined && getMarkRange(editor.state.selection.$from, type) !== undefined
}
