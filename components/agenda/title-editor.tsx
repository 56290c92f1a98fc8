'use client'

import { Collaboration } from '@tiptap/extension-collaboration'
import { EditorContent, useEditor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { useAnnounce } from '@/components/ui/live-region.tsx'
import { titleFragment } from '@/lib/agenda/doc.ts'
import { titleExtensions } from '@/lib/agenda/prose-extensions.ts'
import { Carets } from './carets.ts'
import { leaveOnEscape } from './leave-editor.ts'
import type { LiveItem } from './open-items.ts'

type TitleEditorProps = {
  live: LiveItem
  focusOnOpen: boolean
  printed: ReactNode
  onEnter: () => void
}

/** The title of an item, live: one line of bare text; Enter goes on to the text below. */
export function TitleEditor({ live, focusOnOpen, printed, onEnter }: TitleEditorProps) {
  const t = useTranslations('agenda')
  const announce = useAnnounce()
  const keys = useMemo(() => leaveOnEscape(() => announce(t('editor.leave'))), [announce, t])
  const editor = useEditor(
    {
      immediatelyRender: false,
      editable: live.write,
      autofocus: focusOnOpen ? 'end' : false,
      extensions: [
        ...titleExtensions,
        Collaboration.configure({
          fragment: titleFragment(live.connection.doc),
          yUndoOptions: { undoManager: live.undo },
        }),
        Carets.configure({ awareness: live.connection.awareness }),
      ],
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-label': t('item.title'),
          'data-placeholder': t('item.titlePlaceholder'),
          ...(!live.write && { 'aria-readonly': 'true' }),
        },
        handleDOMEvents: keys,
        handleKeyDown: (_view, event) => {
          if (event.key !== 'Enter') return false
          onEnter()
          return true
        },
        transformPastedText: (text) => text.replace(/\s+/g, ' ').trim(),
        transformPastedHTML: (html) => html.replace(/<\/(p|div|h\d|li)>/gi, ' ').replace(/<[^>]*>/g, ''),
      },
    },
    [live],
  )
  return editor ? <EditorContent editor={editor} /> : printed
}
