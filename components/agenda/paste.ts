/*
 * Cleans pasted HTML before the editor parses it. The editor's schema already refuses what it does not know; this
 * rescues what it would misread: Word's lists are paragraphs with a bullet typed in, headings come in six levels,
 * and bold is often a style. Works on the string alone, so that it can be tested without a browser.
 */

type Tag = { kind: 'open' | 'close'; name: string; attributes: string }
type Token = Tag | { kind: 'text'; text: string } | { kind: 'marker'; begins: boolean }

type Item = { level: number; ordered: boolean; html: string }
type Piece = string | Item

const tokenPattern =
  /<!--[\s\S]*?-->|<!\[[^>]*>|<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<![^>]*>|[^<]+|</g

const dropped = new Set([
  'style',
  'script',
  'xml',
  'head',
  'title',
  'svg',
  'object',
  'o:p',
  'noscript',
  'select',
])
const kept = new Set(['p', 'br', 'ul', 'ol', 'li', 'h3', 'strong', 'em', 'table', 'tbody', 'tr', 'td', 'th'])
const renamed: Record<string, string> = {
  b: 'strong',
  i: 'em',
  h1: 'h3',
  h2: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  blockquote: 'div',
  section: 'div',
  article: 'div',
  pre: 'div',
  dt: 'div',
  dd: 'div',
}

/** Pasted HTML from Word, the web or a mail as plain paragraphs, headings, lists, tables, links, bold and italic. */
export function cleanPaste(html: string): string {
  // Copied from one of our own editors: already clean, and the attribute tells how it joins the text around it.
  if (html.includes('data-pm-slice')) return html
  return fold(clean(tokenize(html)))
    .replace(/<p>\s*<\/p>\n*/g, '')
    .trim()
}

function tokenize(html: string): Token[] {
  return markIgnored(
    [...html.matchAll(tokenPattern)].flatMap(([text, slash, name, attributes = '']): Token[] => {
      if (name) return [{ kind: slash ? 'close' : 'open', name: name.toLowerCase(), attributes }]
      if (/^<!(--)?\[if !supportLists/i.test(text)) return [{ kind: 'marker', begins: true }]
      if (/^<!(--)?\[endif/i.test(text)) return [{ kind: 'marker', begins: false }]
      if (text.startsWith('<!')) return []
      return [{ kind: 'text', text: text === '<' ? '&lt;' : text }]
    }),
  )
}

/** A bullet that a mail program kept without Word's comments around it stands in a span of its own. */
function markIgnored(tokens: Token[]): Token[] {
  let depth = 0
  return tokens.flatMap((token): Token[] => {
    if (token.kind !== 'open' && token.kind !== 'close') return [token]
    if (token.name !== 'span') return [token]
    if (depth === 0 && !isIgnored(token)) return [token]
    depth += token.kind === 'open' ? 1 : -1
    if (depth === 1 && token.kind === 'open') return [{ kind: 'marker', begins: true }]
    return depth === 0 ? [{ kind: 'marker', begins: false }] : []
  })
}

function isIgnored(tag: Tag): boolean {
  return tag.kind === 'open' && /mso-list:\s*ignore/i.test(attribute(tag.attributes, 'style') ?? '')
}

function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(
    attributes,
  )
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : null
}

function isWordItem(tag: Tag): boolean {
  if (tag.name !== 'p' && !/^h[1-6]$/.test(tag.name)) return false
  return /mso-list:\s*l\d/i.test(attribute(tag.attributes, 'style') ?? '')
}

function clean(tokens: Token[]): Piece[] {
  const pieces: Piece[] = []
  const closers: { name: string; html: string }[] = []
  let item: { level: number; marker: string; html: string; tag: string } | null = null
  let markers = 0
  let skipping: { name: string; depth: number } | null = null

  function write(html: string) {
    if (!item) pieces.push(html)
    else if (markers > 0) item.marker += html
    else item.html += html
  }

  for (const token of tokens) {
    if (skipping) {
      if (token.kind === 'open' && token.name === skipping.name) skipping.depth += 1
      if (token.kind === 'close' && token.name === skipping.name) skipping.depth -= 1
      if (skipping.depth === 0) skipping = null
      continue
    }
    if (token.kind === 'marker') {
      if (item) markers += token.begins ? 1 : -1
    } else if (token.kind === 'text') {
      write(token.text)
    } else if (token.kind === 'open') {
      if (dropped.has(token.name) && !token.attributes.endsWith('/'))
        skipping = { name: token.name, depth: 1 }
      else if (isWordItem(token)) item = { level: levelOf(token), marker: '', html: '', tag: token.name }
      else if (markers === 0) open(token, closers, write)
    } else if (item && token.name === item.tag) {
      pieces.push({ level: item.level, ordered: isNumber(item.marker), html: item.html.trim() })
      item = null
      markers = 0
    } else if (markers === 0) {
      close(token.name, closers, write)
    }
  }
  return pieces
}

function open(tag: Tag, closers: { name: string; html: string }[], write: (html: string) => void): void {
  const style = attribute(tag.attributes, 'style') ?? ''
  const { before, after } = wrapping(tag, style)
  write(before)
  if (!isVoid(tag.name)) closers.push({ name: tag.name, html: after })
}

function wrapping(tag: Tag, style: string): { before: string; after: string } {
  const name = renamed[tag.name] ?? tag.name
  if (name === 'a') {
    const href = attribute(tag.attributes, 'href')
    return href
      ? { before: `<a href="${href.replaceAll('"', '&quot;')}">`, after: '</a>' }
      : { before: '', after: '' }
  }
  if (name === 'span') return styled(style)
  if (name === 'strong' && /(^|;)\s*font-weight:\s*(normal|400)/i.test(style))
    return { before: '', after: '' }
  if (name === 'div' || kept.has(name))
    return { before: `<${name}>`, after: isVoid(name) ? '' : `</${name}>` }
  return { before: '', after: '' }
}

function styled(style: string): { before: string; after: string } {
  const bold = /(^|;)\s*font-weight:\s*(bold|[6-9]00)/i.test(style)
  const italic = /(^|;)\s*font-style:\s*italic/i.test(style)
  return {
    before: `${bold ? '<strong>' : ''}${italic ? '<em>' : ''}`,
    after: `${italic ? '</em>' : ''}${bold ? '</strong>' : ''}`,
  }
}

function isVoid(name: string): boolean {
  return ['br', 'img', 'meta', 'link', 'hr', 'input', 'col', 'base', 'wbr'].includes(name)
}

function close(name: string, closers: { name: string; html: string }[], write: (html: string) => void): void {
  const at = closers.findLastIndex((closer) => closer.name === name)
  if (at < 0) return
  for (const closer of closers.splice(at).reverse()) write(closer.html)
}

function levelOf(tag: Tag): number {
  return Number(/level(\d)/i.exec(tag.attributes)?.[1] ?? 1)
}

function isNumber(marker: string): boolean {
  const text = marker.replace(/<[^>]*>|&nbsp;|\s/g, '')
  // A lone "o" is Word's hollow bullet.
  return /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(text)
}

/** Word's items as nested lists; what stands between them stays where it was. */
function fold(pieces: Piece[]): string {
  let html = ''
  const stack: { tag: string; level: number }[] = []
  const closeTo = (level: number) => {
    for (let last = stack.at(-1); last && last.level > level; last = stack.at(-1)) {
      html += `</li></${last.tag}>`
      stack.pop()
    }
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      if (stack.length && piece.trim() === '') continue
      closeTo(0)
      html += piece
      continue
    }
    closeTo(piece.level)
    const tag = piece.ordered ? 'ol' : 'ul'
    const last = stack.at(-1)
    if (!last || last.level < piece.level) {
      html += `<${tag}>`
      stack.push({ tag, level: piece.level })
    } else if (last.tag !== tag) {
      html += `</li></${last.tag}><${tag}>`
      stack[stack.length - 1] = { tag, level: piece.level }
    } else {
      html += '</li>'
    }
    html += `<li><p>${piece.html}</p>`
  }
  closeTo(0)
  return html
}
