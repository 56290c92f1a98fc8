'use client'

import { Collaboration } from '@tiptap/extension-collaboration'
import { type Editor, EditorContent, type Extensions, useEditor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { type FieldName, fieldFragment } from '@/lib/agenda/doc.ts'
import { proseExtensions } from '@/lib/agenda/prose-extensions.ts'
import { Carets } from './carets.ts'
import { leaveOnEscape } from './leave-editor.ts'
import type { LiveItem } from './open-items.ts'
import { cleanPaste } from './paste.ts'
import { Shorthand } from './shorthand.ts'

type FieldEditorProps = {
  live: LiveItem
  field: FieldName
  label: string
  focusOnOpen: boolean
  extensions: Extensions
  /** The printed text, shown until the editor stands. */
  printed: ReactNode
  onEditor: (editor: Editor | null) => void
  /** Keys of the field around the editor; true when one was used. */
  onKey: (event: KeyboardEvent) => boolean
}

/** One written field, live: the others' words and carets come in, one's own go out. */
export function FieldEditor(props: FieldEditorProps) {
  const { live, field, label, focusOnOpen, extensions, printed, onEditor, onKey } = props
  const t = useTranslations('agenda')
  const announce = useAnnounce()
  const keys = useMemo(() => leaveOnEscape(() => announce(t('editor.leave'))), [announce, t])
  const editor = useEditor(
    {
      immediatelyRender: false,
      editable: live.write,
      autofocus: focusOnOpen ? 'end' : false,
      extensions: [
        ...proseExtensions,
        Collaboration.configure({
          fragment: fieldFragment(live.connection.doc, field),
          yUndoOptions: { undoManager: live.undo },
        }),
        Carets.configure({ awareness: live.connection.awareness }),
        Shorthand,
        ...extensions,
      ],
      editorProps: {
        attributes: {
          class: 'prose',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          ...(!live.write && { 'aria-readonly': 'true' }),
        },
        handleDOMEvents: keys,
        handleKeyDown: (_view, event) => onKey(event),
        transformPastedHTML: cleanPaste,
      },
    },
    [live, field, extensions],
  )
  useEffect(() => {
    onEditor(editor)
    return () => onEditor(null)
  }, [editor, onEditor])
  return editor ? <EditorContent editor={editor} /> : printed
}
