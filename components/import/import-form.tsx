'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { createFromFile, type ImportAnswer, proofOf, type ReadFile } from './import-client.ts'
import styles from './import-form.module.css'
import { ImportProof } from './import-proof.tsx'

type Step =
  | { name: 'choose'; failure: string | null }
  | { name: 'reading'; file: File }
  | { name: 'proof'; file: File; read: ReadFile; failure: string | null }
  | { name: 'creating'; file: File; read: ReadFile }

/** From a file to a meeting: choose, see the proof of what was read, say when and where, create. */
export function ImportForm({ bodies }: { bodies: { id: string; name: string }[] }) {
  const t = useTranslations('import')
  const errors = useTranslations('errors')
  const router = useRouter()
  const [step, setStep] = useState<Step>({ name: 'choose', failure: null })

  async function read(file: File) {
    setStep({ name: 'reading', file })
    const answer = await proofOf(file)
    setStep(
      answer.ok
        ? { name: 'proof', file, read: answer.value, failure: null }
        : { name: 'choose', failure: failureText(answer) },
    )
  }

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (step.name !== 'proof') return
    const { file, read } = step
    const form = new FormData(event.currentTarget)
    setStep({ name: 'creating', file, read })
    const answer = await createFromFile(file, form)
    if (answer.ok) router.push(`/moeder/${answer.value.meetingId}`)
    else setStep({ name: 'proof', file, read, failure: failureText(answer) })
  }

  function failureText(answer: Extract<ImportAnswer<unknown>, { ok: false }>): string {
    return answer.code === 'offline' ? t('offline') : errors(answer.code)
  }

  const busy = step.name === 'reading' || step.name === 'creating'
  return (
    <main className={styles.page} id="indhold">
      <h1>{t('title')}</h1>
      <p className={styles.lead}>{t('lead')}</p>
      <FilePicker
        fileName={'file' in step ? step.file.name : null}
        busy={busy}
        onFile={read}
        failure={step.name === 'choose' ? step.failure : null}
      />
      <p role="status" className={styles.status}>
        {step.name === 'reading' && t('reading')}
        {step.name === 'creating' && t('creating')}
      </p>
      {'read' in step && (
        <>
          <ImportProof read={step.read} />
          <form className={styles.meeting} onSubmit={create} aria-label={t('meeting')}>
            <h2>{t('meeting')}</h2>
            <p className={styles.hint}>{t('meetingHint')}</p>
            <div className={styles.fields}>
              <label>
                {t('body')}
                <select name="bodyId" required defaultValue={bodies[0]?.id}>
                  {bodies.map((body) => (
                    <option key={body.id} value={body.id}>
                      {body.name}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {t('startsAt')}
                <input name="startsAt" type="datetime-local" required />
              </label>
              <label>
                {t('place')}
                <input name="place" type="text" required maxLength={200} autoComplete="off" />
              </label>
            </div>
            {step.name === 'proof' && step.failure && (
              <p role="alert" className={styles.failure}>
                {step.failure}
              </p>
            )}
            <button type="submit" className={styles.go} disabled={busy}>
              {t('create')}
            </button>
          </form>
        </>
      )}
    </main>
  )
}

function FilePicker({
  fileName,
  busy,
  onFile,
  failure,
}: {
  fileName: string | null
  busy: boolean
  onFile: (file: File) => void
  failure: string | null
}) {
  const t = useTranslations('import')
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the labelled input does the same
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file && !busy) onFile(file)
      }}
    >
      <input
        id="agenda-file"
        className="sr-only"
        type="file"
        accept=".txt,text/plain"
        disabled={busy}
        aria-describedby={failure ? 'agenda-file-failure' : undefined}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onFile(file)
          // Choosing the same file again after mending it must count as a new choice.
          event.target.value = ''
        }}
      />
      <label htmlFor="agenda-file">{t('choose')}</label>
      {fileName && <b className={styles.name}>{fileName}</b>}
      <span className={styles.hint}>{t('chooseHint')}</span>
      {failure && (
        <p role="alert" id="agenda-file-failure" className={styles.failure}>
          {failure}
        </p>
      )}
    </div>
  )
}
