import { createTranslator } from 'next-intl'
import { formatMeetingTime } from '@/lib/i18n/dates.ts'
import { type Locale, messages } from '@/lib/i18n/messages.ts'
import { escapeHtml, type Letter } from '@/lib/mail.ts'
import type { NoticeView } from './schema.ts'
import { sentenceValues } from './view.ts'

/** Where a person chooses when they get mail. */
export const settingsPath = '/besked/indstillinger'

type Draft = {
  id: string
  receiver: { email: string; name: string; locale: Locale }
  /** What to tell, the oldest first; never empty. */
  notices: NoticeView[]
  publicUrl: string
}

type Part = { heading: string; news: { sentence: string; title: string | null; url: string }[] }

/**
 * The mail about some notices. Its links lead to pages behind sign-in and carry no key; its id is made of the mail's,
 * so that it is the same at each attempt.
 */
export function composeNoticeMail({ id, receiver, notices, publicUrl }: Draft): Letter {
  const { locale } = receiver
  const t = createTranslator({ locale, messages: messages[locale].notices.mail })
  const settings = `${publicUrl}${settingsPath}`
  const bodies = [...new Set(notices.map(({ body }) => body.name))]
  const parts = partsOf(notices, { locale, publicUrl })
  const words = {
    greeting: t('greeting', { name: receiver.name }),
    sees: t('sees'),
    why: t('why', { bodies: new Intl.ListFormat(locale).format(bodies) }),
    settings: t('settings'),
    open: t('open'),
  }
  return {
    to: receiver.email,
    subject: subjectOf(parts, bodies, t),
    text: plain(parts, words, settings),
    html: html(parts, { ...words, locale, url: settings }),
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Unsubscribe': `<${settings}>`,
      'Content-Language': locale,
    },
  }
}

type Words = { greeting: string; sees: string; why: string; settings: string; open: string }
type MailTranslator = ReturnType<typeof createTranslator<(typeof messages)['da']['notices']['mail']>>

function subjectOf(parts: Part[], bodies: string[], t: MailTranslator): string {
  const news = parts.flatMap((part) => part.news)
  const [body, another] = bodies
  if (!body || another) return t('several', { count: news.length })
  const [only, more] = news
  return only && !more ? t('one', { body, news: only.sentence }) : t('more', { body, count: news.length })
}

function partsOf(
  notices: NoticeView[],
  { locale, publicUrl }: { locale: Locale; publicUrl: string },
): Part[] {
  const t = createTranslator({ locale, messages: messages[locale].notices })
  const parts = new Map<string, Part>()
  for (const notice of notices) {
    const { body, meeting, kind, number, title, path } = notice
    const when = meeting && t('meeting', { when: formatMeetingTime(meeting.startsAt, locale) })
    const heading = when ? `${body.name} · ${when}` : body.name
    const key = meeting?.id ?? body.id
    const part = parts.get(key) ?? { heading, news: [] }
    part.news.push({
      sentence: t(`kinds.${kind}`, sentenceValues(notice)),
      title: title && `${number} ${title}`,
      url: `${publicUrl}${path}`,
    })
    parts.set(key, part)
  }
  return [...parts.values()]
}

function plain(parts: Part[], words: Words, settings: string): string {
  const news = parts.map(({ heading, news }) =>
    [
      heading,
      ...news.map(({ sentence, title, url }) => [sentence, title, url].filter(Boolean).join('\n')),
    ].join('\n\n'),
  )
  return `${[words.greeting, ...news, `-- \n${words.sees}\n${words.why}\n${words.settings}: ${settings}`].join('\n\n')}\n`
}

function html(parts: Part[], words: Words & { locale: Locale; url: string }): string {
  const said = (text: string) => escapeHtml(text)
  const link = (url: string, text: string) => `<a href="${said(url)}" style="color:#0e5a61">${said(text)}</a>`
  const news = parts.map(({ heading, news }) => {
    const items = news.map(({ sentence, title, url }) => {
      const named = title ? `<br>${said(title)}` : ''
      return `<li style="margin:0 0 12px">${link(url, sentence)}${named}</li>`
    })
    return `<h2 style="font-size:16px;margin:24px 0 8px">${said(heading)}</h2><ul style="margin:0;padding:0 0 0 20px">${items.join('')}</ul>`
  })
  const foot = `${said(words.sees)}<br>${said(words.why)}<br>${link(words.url, words.settings)}`
  return [
    `<!doctype html><html lang="${words.locale}"><head><meta charset="utf-8"><title>Dagsorden</title></head>`,
    '<body style="font:16px/1.5 sans-serif;color:#1c1e21;background:#ffffff;max-width:600px">',
    `<p>${said(words.greeting)}</p>`,
    ...news,
    `<p style="margin:24px 0 0;font-size:14px;color:#5b6066">${foot}</p>`,
    '</body></html>',
  ].join('\n')
}
