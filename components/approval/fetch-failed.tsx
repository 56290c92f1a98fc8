import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'

/** Says that something could not be fetched, and fetches it again. */
export function FetchFailed({ again, className }: { again: () => void; className?: string | undefined }) {
  const t = useTranslations('approval.panel')
  return (
    <p className={className}>
      {t('failed')}{' '}
      <Button look="quiet" onClick={again}>
        {t('again')}
      </Button>
    </p>
  )
}
