'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { setRule } from '@/lib/approval/actions.ts'
import { type ApprovalRule, approvalRules } from '@/lib/approval/rules.ts'
import styles from './rule-form.module.css'

/** Who of a body's chairmanship must approve an item. */
export function RuleForm({ bodyId, rule }: { bodyId: string; rule: ApprovalRule }) {
  const t = useTranslations('approval')
  const e = useTranslations('errors')
  const toast = useToast()
  const [wanted, setWanted] = useState(rule)
  const [isSending, setIsSending] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    setIsSending(true)
    const answer = await setRule({ bodyId, rule: wanted })
    setIsSending(false)
    toast({ text: answer.ok ? t('ruleForm.saved') : e(answer.code) })
  }

  return (
    <form className={styles.form} onSubmit={save}>
      <h2 id="approval-rule">{t('ruleForm.title')}</h2>
      <p className={styles.note}>{t('ruleForm.what')}</p>
      <div role="radiogroup" aria-labelledby="approval-rule" className={styles.choices}>
        {approvalRules.map((one) => (
          <label key={one}>
            <input type="radio" name="rule" checked={wanted === one} onChange={() => setWanted(one)} />
            {t(`rule.${one}`)}
          </label>
        ))}
      </div>
      <div>
        <Button look="go" type="submit" disabled={isSending}>
          {t('ruleForm.save')}
        </Button>
      </div>
    </form>
  )
}
