import { getTranslations } from 'next-intl/server'
import { ReaderState } from '@/components/agenda/reader-state.tsx'
import { buttonClass } from '@/components/ui/button.tsx'

export default async function ReaderNotFound() {
  const t = await getTranslations('comments.reader')
  return (
    <ReaderState title={t('notFoundTitle')} text={t('notFound')}>
      <a className={buttonClass('go')} href="/">
        {t('home')}
      </a>
    </ReaderState>
  )
}
