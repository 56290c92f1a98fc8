import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton.tsx'

export default function Loading() {
  const t = useTranslations('comments.all')
  return (
    <main id="indhold" style={{ maxWidth: 820, margin: '0 auto', padding: '100px 40px' }}>
      <Skeleton lines={12} label={t('loading')} />
    </main>
  )
}
