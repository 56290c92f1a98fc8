import { cookies } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { locales, messages } from './messages.ts'

export default getRequestConfig(async () => {
  const wanted = (await cookies()).get('locale')?.value
  const locale = locales.find((known) => known === wanted) ?? 'da'
  return { locale, messages: messages[locale], timeZone: 'Europe/Copenhagen' }
})
