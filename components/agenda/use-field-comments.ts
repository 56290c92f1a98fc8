import type { Editor } from '@tiptap/react'
import { useEffect, useMemo, useRef } from 'react'
import { commentHighlights, selectionOf, setThreads } from '@/components/comments/highlights.ts'
import type { AgendaFieldProps } from './agenda-field.tsx'
import type { Highlight } from './prose-parts.ts'

type Options = AgendaFieldProps & { editor: Editor | null }

/** What a field needs to show its threads, printed and live, and to begin one on the selected words. */
export function useFieldComments(options: Options) {
  const { item, live, field, threads, activeThread, onThread, onComment, editor } = options
  const latest = useRef({ onThread, onComment })
  useEffect(() => {
    latest.current = { onThread, onComment }
  })

  const mayComment = item.may.comment
  const extensions = useMemo(() => {
    if (!live) return []
    return [
      commentHighlights({
        field,
        doc: live.connection.doc,
        onSelect: (threadId) => latest.current.onThread(threadId),
        onComment: (selection) => mayComment && latest.current.onComment(item.id, selection),
      }),
    ]
  }, [live, field, item.id, mayComment])

  useEffect(() => {
    if (editor && !editor.isDestroyed) setThreads(editor, threads, activeThread)
  }, [editor, threads, activeThread])

  const highlights = useMemo(
    () =>
      threads.flatMap((thread): Highlight[] => {
        if (thread.field !== field || !thread.place || thread.resolvedAt) return []
        return [{ ...thread.place, threadId: thread.id, resolved: false, active: thread.id === activeThread }]
      }),
    [threads, field, activeThread],
  )

  const comment =
    editor && mayComment
      ? () => {
          const selection = selectionOf(editor, field)
          if (selection) onComment(item.id, selection)
        }
      : null
  return { extensions, highlights, comment }
}
