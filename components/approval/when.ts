import { useLocale, useTranslations } from 'next-intl'
import { daysBetween, formatClock, formatMoment } from '@/lib/i18n/dates.ts'

/** Says a moment as in running text: "i dag kl. 9.12", "i går kl. 21.07", "den 3. september kl. 9.30". */
export function useWhen(now: string): (moment: string) => string {
  const t = useTranslations('approval')
  const locale = useLocale()
  return (moment) => {
    const days = daysBetween(now, moment)
    const time = formatClock(moment, locale)
    if (days === 0) return t('when.today', { time })
    if (days === -1) return t('when.yesterday', { time })
    return t('when.day', { moment: formatMoment(moment, now, locale) })
  }
}
