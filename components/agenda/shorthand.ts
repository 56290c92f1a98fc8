import { Extension, textblockTypeInputRule } from '@tiptap/core'
import { nodeNames } from '@/lib/agenda/prose.ts'

/** "# " and "## " at the start of a line make the one sub-heading there is, as "### " does by itself. */
export const Shorthand = Extension.create({
  name: 'shorthand',
  addInputRules() {
    const type = this.editor.schema.nodes[nodeNames.heading]
    return type
      ? [textblockTypeInputRule({ find: /^#{1,2}\s$/, type, getAttributes: () => ({ level: 3 }) })]
      : []
  },
})
