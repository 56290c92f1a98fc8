'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Icon, type IconName } from '@/components/ui/icon.tsx'
import { markNames, nodeNames } from '@/lib/agenda/prose.ts'
import styles from './format-bar.module.css'
import { LinkForm } from './link-form.tsx'

type ToolName = 'bold' | 'italic' | 'heading' | 'bullets' | 'numbers' | 'link' | 'table' | 'comment'

type Tool = { name: ToolName & IconName; on: boolean; keys?: string; run: () => void }

type FormatBarProps = { editor: Editor; onComment: (() => void) | null }

/** The slim bar of a field that holds the focus. One Tab stop; arrow keys move within it. */
export function FormatBar({ editor, onComment }: FormatBarProps) {
  const t = useTranslations('agenda')
  const bar = useRef<HTMLDivElement>(null)
  const [linking, setLinking] = useState(false)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive(markNames.bold),
      italic: now.isActive(markNames.italic),
      heading: now.isActive(nodeNames.heading),
      bullets: now.isActive(nodeNames.bulletList),
      numbers: now.isActive(nodeNames.orderedList),
      link: now.isActive(markNames.link),
      table: now.isActive(nodeNames.table),
      selected: !now.state.selection.empty,
    }),
  })
  const chain = () => editor.chain().focus()
  const writing: Tool[] = [
    { name: 'bold', on: on.bold, keys: 'Ctrl+B', run: () => chain().toggleBold().run() },
    { name: 'italic', on: on.italic, keys: 'Ctrl+I', run: () => chain().toggleItalic().run() },
    { name: 'heading', on: on.heading, run: () => chain().toggleHeading({ level: 3 }).run() },
    { name: 'bullets', on: on.bullets, run: () => chain().toggleBulletList().run() },
    { name: 'numbers', on: on.numbers, run: () => chain().toggleOrderedList().run() },
    { name: 'link', on: on.link, keys: 'Ctrl+K', run: () => setLinking(true) },
    { name: 'table', on: on.table, run: () => insertOrDropTable(editor, on.table) },
  ]
  const tools = editor.isEditable ? writing : []
  if (onComment && on.selected) {
    tools.push({ name: 'comment', on: false, keys: 'Ctrl+Alt+M', run: onComment })
  }
  if (tools.length === 0) return null
  if (linking) return <LinkForm editor={editor} onDone={() => setLinking(false)} />
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('format.label')}
      className={styles.bar}
      onKeyDown={(event) => moveInBar(event, () => editor.commands.focus())}
    >
      {tools.map((tool, at) => (
        <button
          key={tool.name}
          type="button"
          className={styles.tool}
          tabIndex={at === 0 ? 0 : -1}
          data-tool={tool.name}
          aria-pressed={tool.name === 'comment' ? undefined : tool.on}
          aria-label={t(`format.${tool.name}`)}
          title={tool.keys ? `${t(`format.${tool.name}`)} (${tool.keys})` : t(`format.${tool.name}`)}
          // The editor keeps its selection: a press must not take the focus first.
          onPointerDown={(event) => event.preventDefault()}
          onClick={tool.run}
        >
          <Icon name={tool.name} />
        </button>
      ))}
      {on.table && editor.isEditable && <TableTools editor={editor} />}
    </div>
  )
}

function TableTools({ editor }: { editor: Editor }) {
  const t = useTranslations('agenda')
  const tools = [
    { id: 'addRow', run: () => editor.chain().focus().addRowAfter().run() },
    { id: 'addColumn', run: () => editor.chain().focus().addColumnAfter().run() },
    { id: 'deleteRow', run: () => editor.chain().focus().deleteRow().run() },
    { id: 'deleteColumn', run: () => editor.chain().focus().deleteColumn().run() },
  ] as const
  return tools.map(({ id, run }) => (
    <button
      key={id}
      type="button"
      tabIndex={-1}
      className={styles.word}
      onPointerDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {t(`format.${id}`)}
    </button>
  ))
}

function insertOrDropTable(editor: Editor, inTable: boolean): void {
  if (inTable) editor.chain().focus().deleteTable().run()
  else editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()
}

function moveInBar(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  if (event.key === 'Escape') {
    event.preventDefault()
    leave()
    return
  }
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (!step) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1
  event.preventDefault()
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
}
