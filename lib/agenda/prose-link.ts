import { InputRule, Mark, markPasteRule, mergeAttributes } from '@tiptap/core'
import { markNames, safeUrl } from './prose.ts'

/*
 * The link of the text schema. Our own, small: the ready-made one brings a recogniser of every known top-level
 * domain along, while a link here is what safeUrl says it is.
 */

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    proseLink: {
      /** Makes the selection a link; refuses an address that safeUrl refuses. */
      setLink: (attributes: { href: string }) => ReturnType
      /** Takes the link at the selection away. */
      unsetLink: () => ReturnType
    }
  }
}

const address = String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)\]]`
const typed = new RegExp(String.raw`(?:^|\s)(${address})(\s)$`, 'i')
const pasted = new RegExp(address, 'gi')

function hrefOf(text: string): string | null {
  return safeUrl(/^www\./i.test(text) ? `https://${text}` : text)
}

/** A link in the text; an address that is typed or pasted becomes one by itself. */
export const ProseLink = Mark.create({
  name: markNames.link,
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => safeUrl(element.getAttribute('href') ?? '') } }
  },
  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (element) => (safeUrl(element.getAttribute('href') ?? '') ? null : false),
      },
    ]
  },
  renderHTML({ HTMLAttributes }) {
    // What comes over the wire was parsed by nobody: an address that is not safe is shown without one.
    const href = safeUrl(`${HTMLAttributes.href ?? ''}`)
    const fixed = { target: '_blank', rel: 'noopener noreferrer nofollow' }
    return ['a', mergeAttributes(fixed, { href }), 0]
  },
  addCommands() {
    return {
      setLink:
        ({ href }) =>
        ({ chain }) =>
          safeUrl(href) !== null && chain().setMark(this.name, { href }).run(),
      unsetLink:
        () =>
        ({ chain }) =>
          chain().unsetMark(this.name, { extendEmptyMarkRange: true }).run(),
    }
  },
  addInputRules() {
    const { type } = this
    return [
      new InputRule({
        find: typed,
        handler: ({ state, range, match }) => {
          const text = match[1] ?? ''
          const href = hrefOf(text)
          if (!href) return null
          const start = range.from + match[0].indexOf(text)
          state.tr
            .addMark(start, start + text.length, type.create({ href }))
            .insertText(match[2] ?? ' ', range.to)
            .removeStoredMark(type)
        },
      }),
    ]
  },
  addPasteRules() {
    return [
      markPasteRule({
        find: pasted,
        type: this.type,
        getAttributes: (match) => {
          const href = hrefOf(match[0])
          return href ? { href } : false
        },
      }),
    ]
  },
})
