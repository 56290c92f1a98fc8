'use client'

import { useTranslations } from 'next-intl'
import { ReaderState } from '@/components/agenda/reader-state.tsx'
import { Button } from '@/components/ui/button.tsx'

export default function ReaderError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('comments.reader')
  return (
    <ReaderState title={t('failedTitle')} text={t('failed')}>
      <Button look="go" onClick={reset}>
        {t('tryAgain')}
      </Button>
    </ReaderState>
  )
}
