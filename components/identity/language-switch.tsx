import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button.tsx'
import { chooseLocale } from '@/lib/identity/actions.ts'

/** One press to the other language; works before the page's script has come. */
export function LanguageSwitch() {
  const t = useTranslations('identity.account')
  const other = useLocale() === 'en' ? 'da' : 'en'
  return (
    <form action={chooseLocale.bind(null, other)}>
      <button type="submit" lang={other} className={buttonClass('quiet')}>
        {t('language')}
      </button>
    </form>
  )
}
