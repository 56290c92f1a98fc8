'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { Message } from '@/components/ui/message.tsx'

export default function AllCommentsError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('comments.all')
  return (
    <Message title={t('failed')} text={t('failedWhat')}>
      <Button look="go" onClick={reset}>
        {t('retry')}
      </Button>
    </Message>
  )
}
