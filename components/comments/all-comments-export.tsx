'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import styles from './all-comments.module.css'

type Format = 'csv' | 'docx'

/** The comments as a file to keep: fetched here, so that it can be told when it did not come. */
export function AllCommentsExport({ meetingId }: { meetingId: string }) {
  const t = useTranslations('comments.all')
  const [state, setState] = useState<Format | 'failed' | null>(null)
  const id = useId()
  const busy = state === 'csv' || state === 'docx'

  async function keep(format: Format) {
    if (busy) return
    setState(format)
    try {
      const response = await fetch(`/api/meetings/${meetingId}/comments?format=${format}`, {
        cache: 'no-store',
      })
      if (!response.ok) throw new Error(`The table answered ${response.status}`)
      saveAs(await response.blob(), nameOf(response) ?? `kommentarer.${format}`)
      setState(null)
    } catch {
      setState('failed')
    }
  }

  return (
    <section className={styles.export} aria-labelledby={id}>
      <h2 id={id}>{t('export')}</h2>
      <p className={styles.acts}>
        {(['docx', 'csv'] as const).map((format) => (
          <Button key={format} aria-disabled={busy} onClick={() => void keep(format)}>
            {state === format ? t('fetching') : t(format)}
          </Button>
        ))}
      </p>
      <p className={styles.note}>{t('exportHint')}</p>
      {state === 'failed' && (
        <p className={styles.failure} role="alert">
          {t('exportFailed')}
        </p>
      )}
    </section>
  )
}

function nameOf(response: Response): string | null {
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return name ? decodeURIComponent(name) : null
}

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // Some browsers begin to read only later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
