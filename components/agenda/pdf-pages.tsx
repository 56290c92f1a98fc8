'use client'

import { useTranslations } from 'next-intl'
import {
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  TextLayer,
  version,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useRef, useState } from 'react'
import styles from './annex-pane.module.css'

/** What pdf.js needs beside itself, as `layPdfParts` of server/build.ts lays it out. */
const folder = `/_next/static/pdf-${version}`
const parts = {
  standardFontDataUrl: `${folder}/standard_fonts/`,
  cMapUrl: `${folder}/cmaps/`,
  wasmUrl: `${folder}/wasm/`,
  iccUrl: `${folder}/iccs/`,
}

type Opened = { state: 'opening' } | { state: 'failed' } | { state: 'open'; pdf: PDFDocumentProxy }

/** The pages of a PDF below each other, each drawn when it comes near the screen, with its words to select and hear. */
export function PdfPages({ blob }: { blob: Blob }) {
  const t = useTranslations('comments.reader')
  const [opened, setOpened] = useState<Opened>({ state: 'opening' })
  useEffect(() => {
    // Not one that the bundler starts: its own tells its parts by the address, which a service worker cuts off.
    const port = new Worker(`${folder}/build/pdf.worker.min.mjs`, { type: 'module' })
    const worker = PDFWorker.create({ port })
    let left = false
    void blob
      .arrayBuffer()
      .then((data) => getDocument({ data, worker, isEvalSupported: false, ...parts }).promise)
      .then(
        (pdf) => !left && setOpened({ state: 'open', pdf }),
        () => !left && setOpened({ state: 'failed' }),
      )
    return () => {
      left = true
      worker.destroy()
      port.terminate()
    }
  }, [blob])
  if (opened.state === 'failed') return <p role="alert">{t('annexBroken')}</p>
  if (opened.state === 'opening') return null
  const numbers = Array.from({ length: opened.pdf.numPages }, (_, at) => at + 1)
  return numbers.map((number) => <Page key={number} pdf={opened.pdf} number={number} />)
}

type PageProps = { pdf: PDFDocumentProxy; number: number }

function Page({ pdf, number }: PageProps) {
  const t = useTranslations('comments.reader')
  const root = useRef<HTMLElement>(null)
  const [isNear, setIsNear] = useState(number === 1)
  const [isBroken, setIsBroken] = useState(false)
  useEffect(() => {
    const element = root.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsNear(true), {
      rootMargin: '800px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const element = root.current
    if (!isNear || !element) return
    let drawing: Drawing | null = null
    let left = false
    async function show(root: HTMLElement) {
      const page = await pdf.getPage(number)
      if (left) return
      drawing = draw(root, page)
      await drawing.done
    }
    show(element).catch(() => !left && setIsBroken(true))
    return () => {
      left = true
      drawing?.stop()
    }
  }, [pdf, number, isNear])
  if (isBroken) return <p role="alert">{t('annexBroken')}</p>
  return (
    <section
      ref={root}
      className={styles.page}
      aria-label={t('annexPage', { number, count: pdf.numPages })}
    />
  )
}

type Drawing = { done: Promise<unknown>; stop: () => void }

function draw(root: HTMLElement, page: PDFPageProxy): Drawing {
  const scale = root.clientWidth / page.getViewport({ scale: 1 }).width
  const viewport = page.getViewport({ scale })
  const dense = Math.min(window.devicePixelRatio || 1, 2)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(viewport.width * dense)
  canvas.height = Math.round(viewport.height * dense)
  const words = document.createElement('div')
  words.className = styles.words ?? ''
  words.style.setProperty('--total-scale-factor', `${scale}`)
  root.style.aspectRatio = `${viewport.width} / ${viewport.height}`
  root.replaceChildren(canvas, words)
  const drawing = page.render({ canvas, viewport: page.getViewport({ scale: scale * dense }) })
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport })
  return {
    done: Promise.all([drawing.promise, layer.render()]),
    stop: () => {
      drawing.cancel()
      layer.cancel()
    },
  }
}
