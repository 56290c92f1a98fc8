import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton.tsx'

export default function Loading() {
  const t = useTranslations('agenda.page')
  return (
    <main id="indhold" style={{ maxWidth: 760, margin: '0 auto', padding: '96px 40px' }}>
      <Skeleton lines={12} label={t('loading')} />
    </main>
  )
}
