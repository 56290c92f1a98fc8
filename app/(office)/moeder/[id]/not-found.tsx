import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Message } from '@/components/ui/message.tsx'

export default function NotFound() {
  const t = useTranslations('agenda.page')
  return (
    <Message title={t('missing')} text={t('missingWhat')}>
      <Link href="/">{t('home')}</Link>
    </Message>
  )
}
