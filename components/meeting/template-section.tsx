'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button.tsx'
import { Field } from '@/components/ui/field.tsx'
import { Icon } from '@/components/ui/icon.tsx'
import { kinds } from '@/lib/agenda/doc.ts'
import { placeAt } from '@/lib/agenda/order.ts'
import { standings, type Template, type TemplateItem, templateFields } from '@/lib/meeting/schema.ts'
import styles from './plan.module.css'

type Sections = Template['sections']

type TemplateSectionProps = {
  sections: Sections
  section: Sections[number]
  number: number
  onChange: (next: Sections, removed?: string) => void
}

const noTexts = { standing: null, kind: null, background: '', recommendation: '', presentation: '' } as const

/** A section of a template with its standing items. */
export function TemplateSection({ sections, section, number, onChange }: TemplateSectionProps) {
  const t = useTranslations('meeting.template')
  const name = t('section', { number: `${number}` })
  const write = (next: Partial<Sections[number]>) =>
    sections.map((one) => (one.key === section.key ? { ...one, ...next } : one))
  const without = sections.filter((one) => one.key !== section.key)
  return (
    <section className={styles.section} aria-label={name}>
      <div className={styles.head}>
        <div className={styles.sectionTitle}>
          <TitleField
            label={name}
            placeholder={t('sectionTitle')}
            title={section.title}
            onChange={(title) => onChange(write({ title }))}
          />
        </div>
        <Tools
          what={name}
          at={number - 1}
          count={sections.length}
          onMove={(to) => onChange(moved(sections, section.key, to))}
          onRemove={() => onChange(without, section.title || name)}
        />
      </div>
      {section.items.length > 0 && (
        <ul className={styles.items}>
          {section.items.map((item, at) => (
            <Item
              key={item.key}
              item={item}
              at={at}
              name={t('item', { number: `${number}.${at + 1}` })}
              items={section.items}
              onChange={(items, removed) => onChange(write({ items }), removed)}
            />
          ))}
        </ul>
      )}
      {section.items.length === 0 && <p className={styles.note}>{t('empty')}</p>}
      <Button
        look="quiet"
        onClick={() =>
          onChange(write({ items: [...section.items, { key: crypto.randomUUID(), title: '', ...noTexts }] }))
        }
      >
        {t('addItem')}
      </Button>
    </section>
  )
}

type ItemProps = {
  item: TemplateItem
  items: TemplateItem[]
  at: number
  name: string
  onChange: (items: TemplateItem[], removed?: string) => void
}

function Item({ item, items, at, name, onChange }: ItemProps) {
  const t = useTranslations('meeting.template')
  const a = useTranslations('agenda')
  const write = (next: Partial<TemplateItem>) =>
    onChange(items.map((one) => (one.key === item.key ? { ...one, ...next } : one)))
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <TitleField
          label={name}
          placeholder={t('itemTitle')}
          title={item.title}
          onChange={(title) => write({ title })}
        />
        <Tools
          what={name}
          at={at}
          count={items.length}
          onMove={(to) => onChange(moved(items, item.key, to))}
          onRemove={() =>
            onChange(
              items.filter((one) => one.key !== item.key),
              item.title || name,
            )
          }
        />
      </div>
      <div className={styles.pair}>
        <Field label={t('kind')}>
          {(given) => (
            <select
              {...given}
              value={item.kind ?? ''}
              onChange={(event) => write({ kind: kinds.find((kind) => kind === event.target.value) ?? null })}
            >
              <option value="">{t('kindNone')}</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {a(`kind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('standing')}>
          {(given) => (
            <select
              {...given}
              value={item.standing ?? ''}
              onChange={(event) =>
                write({ standing: standings.find((one) => one === event.target.value) ?? null })
              }
            >
              <option value="">{t('standings.none')}</option>
              {standings.map((standing) => (
                <option key={standing} value={standing}>
                  {t(`standings.${standing}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {templateFields.map((field) => (
        <Field key={field} label={a(`fields.${field}`)}>
          {(given) => (
            <textarea
              {...given}
              maxLength={5000}
              value={item[field]}
              onChange={(event) => write({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </li>
  )
}

type TitleFieldProps = {
  label: string
  placeholder: string
  title: string
  onChange: (title: string) => void
}

function TitleField({ label, placeholder, title, onChange }: TitleFieldProps) {
  return (
    <Field label={label}>
      {(given) => (
        <input
          {...given}
          required
          maxLength={300}
          placeholder={placeholder}
          value={title}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

type ToolsProps = {
  what: string
  at: number
  count: number
  onMove: (to: number) => void
  onRemove: () => void
}

function Tools({ what, at, count, onMove, onRemove }: ToolsProps) {
  const t = useTranslations('meeting.template')
  const up = t('up', { what })
  const down = t('down', { what })
  const remove = t('remove', { what })
  return (
    <div className={styles.tools}>
      <Button look="icon" aria-label={up} title={up} disabled={at === 0} onClick={() => onMove(at - 1)}>
        <span aria-hidden="true">↑</span>
      </Button>
      <Button
        look="icon"
        aria-label={down}
        title={down}
        disabled={at === count - 1}
        onClick={() => onMove(at + 1)}
      >
        <span aria-hidden="true">↓</span>
      </Button>
      <Button look="icon" aria-label={remove} title={remove} onClick={onRemove}>
        <Icon name="close" />
      </Button>
    </div>
  )
}

function moved<Part extends { key: string }>(parts: Part[], key: string, to: number): Part[] {
  const order = placeAt(
    parts.map((part) => part.key),
    key,
    to,
  )
  return order.flatMap((one) => parts.filter((part) => part.key === one))
}
