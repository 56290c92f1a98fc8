'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { FetchFailed } from '@/components/approval/fetch-failed.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { Skeleton } from '@/components/ui/skeleton.tsx'
import type { ShownAnnex } from './annex-file.ts'
import styles from './annex-pane.module.css'

const PdfPages = lazy(async () => ({ default: (await import('./pdf-pages.tsx')).PdfPages }))

type Loaded = { state: 'loading' } | { state: 'failed' } | { state: 'here'; blob: Blob }

/** An annex beside the text it belongs to; over it on a narrow screen. */
export function AnnexPane({ annex, onClose }: { annex: ShownAnnex; onClose: () => void }) {
  const t = useTranslations('comments.reader')
  const [loaded, again] = useFile(annex.url)
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    // The text is set anew in the room that is left: the words one came from stay before the eyes.
    const show = () => before?.isConnected && before.scrollIntoView({ block: 'center' })
    head.current?.focus()
    show()
    return () => {
      if (!(before instanceof HTMLElement && before.isConnected)) return
      before.focus({ preventScroll: true })
      requestAnimationFrame(show)
    }
  }, [])
  return (
    <aside
      className={styles.pane}
      aria-label={t('annex', { title: annex.title })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.head}>
        <h2 ref={head} tabIndex={-1} className={styles.title}>
          {annex.title}
        </h2>
        <a className={styles.download} href={annex.url} download>
          {t('download')}
        </a>
        <Button look="icon" aria-label={t('closeAnnex')} onClick={onClose}>
          <Icon name="close" size={14} />
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys */}
      <div className={styles.body} tabIndex={0}>
        {loaded.state === 'loading' && <Skeleton lines={6} label={t('annexLoading')} />}
        {loaded.state === 'failed' && <FetchFailed again={again} />}
        {loaded.state === 'here' &&
          (annex.contentType === 'application/pdf' ? (
            <Suspense fallback={<Skeleton lines={6} label={t('annexLoading')} />}>
              <PdfPages blob={loaded.blob} />
            </Suspense>
          ) : (
            <Picture blob={loaded.blob} title={annex.title} />
          ))}
      </div>
    </aside>
  )
}

function useFile(url: string): [loaded: Loaded, again: () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const left = new AbortController()
    setLoaded({ state: 'loading' })
    void load(url, left.signal, tries).then((answer) => {
      if (!left.signal.aborted) setLoaded(answer)
    })
    return () => left.abort()
  }, [url, tries])
  return [loaded, () => setTries((count) => count + 1)]
}

async function load(url: string, signal: AbortSignal, tries: number): Promise<Loaded> {
  try {
    const response = await fetch(url, { signal, cache: tries > 0 ? 'reload' : 'default' })
    return response.ok ? { state: 'here', blob: await response.blob() } : { state: 'failed' }
  } catch {
    // Closed meanwhile, or no net: the pane offers to try again.
    return { state: 'failed' }
  }
}

function Picture({ blob, title }: { blob: Blob; title: string }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  // biome-ignore lint/performance/noImgElement: made of bytes that are here already
  return url && <img className={styles.picture} src={url} alt={title} />
}
