'use client'

import { useTranslations } from 'next-intl'
import { FetchFailed } from '@/components/approval/fetch-failed.tsx'
import { useFetched } from '@/components/approval/use-fetched.ts'
import { DifferenceView } from '@/components/dispatch/difference-view.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Dialog, DialogActions } from '@/components/ui/dialog.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { Comparison } from '@/lib/approval/schema.ts'

type AnswerDialogProps = { itemId: string; answer: { from: string; to: string }; onClose: () => void }

/** What changed in the item from when a thread was started until it was resolved. */
export function AnswerDialog({ itemId, answer, onClose }: AnswerDialogProps) {
  const t = useTranslations('comments')
  const approval = useTranslations('approval')
  const [fetched, again] = useFetched<Comparison>(
    `/api/items/${itemId}/difference?from=${answer.from}&to=${answer.to}`,
    '',
  )
  return (
    <Dialog open onClose={onClose} title={t('answerTitle')} size="wide">
      {fetched.state === 'loading' && <Skeleton lines={4} label={approval('panel.loading')} />}
      {fetched.state === 'failed' && <FetchFailed again={again} />}
      {fetched.state === 'here' && <DifferenceView difference={fetched.value.difference} />}
      <DialogActions>
        <Button look="go" onClick={onClose}>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
