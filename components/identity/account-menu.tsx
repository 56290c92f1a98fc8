'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { useAnnouncing } from '@/components/ui/live-region.tsx'
import { Menu, type MenuItem } from '@/components/ui/menu.tsx'
import { useToast } from '@/components/ui/toast.tsx'
import { chooseLocale } from '@/lib/identity/actions.ts'
import type { Role } from '@/lib/identity/rules.ts'
import styles from './account-menu.module.css'
import { signOut } from './sign-out.ts'

type AccountMenuProps = {
  name: string
  initials: string
  /** The person's role in the body at hand; null where no body is. */
  role: Role | null
  isDemo?: boolean
}

/** Who is signed in, and what they can do about it: change language, change person in the demo, sign out. */
export function AccountMenu({ name, initials, role, isDemo = false }: AccountMenuProps) {
  const t = useTranslations('identity')
  const o = useTranslations('offline')
  const other = useLocale() === 'en' ? 'da' : 'en'
  const toast = useToast()
  const announcing = useAnnouncing()
  const [, startTransition] = useTransition()
  const mayLose = (count: number) => window.confirm(o('signOutLoses', { count }))
  const items: MenuItem[] = [
    {
      id: 'me',
      label: name,
      ...(role && { hint: t(`roles.${role}`) }),
      disabled: true,
      onSelect: () => {},
    },
    {
      id: 'language',
      label: t('account.language'),
      onSelect: () => startTransition(() => chooseLocale(other)),
    },
    {
      id: 'announce',
      label: t(announcing.isOn ? 'account.announceOff' : 'account.announceOn'),
      hint: t('account.announceHint'),
      onSelect: () => announcing.turn(!announcing.isOn),
    },
    {
      id: 'accessibility',
      label: t('accessibility'),
      onSelect: () => window.location.assign('/tilgaengelighed'),
    },
    ...(isDemo
      ? [
          {
            id: 'switch',
            label: t('account.switch'),
            onSelect: () => window.location.assign('/log-ind'),
          },
        ]
      : []),
    {
      id: 'sign-out',
      label: t('account.signOut'),
      onSelect: () => signOut(mayLose).catch(() => toast({ text: t('offline') })),
    },
  ]
  return (
    <Menu
      label={t('account.label', { name })}
      look="icon"
      button={
        <span className={styles.disc} aria-hidden>
          {initials.slice(0, 4)}
        </span>
      }
      items={items}
    />
  )
}
