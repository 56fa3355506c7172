import type { OptionDefinition } from '@tessera/platform/fields/definition.js'
import { type Label, type Locale, labelOf } from '@tessera/platform/label.js'
import { AutoComplete, Button, Checkbox, Dropdown, Input } from 'antd'
import { ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useApp } from '../api/app.js'
import { isKey } from '../ui/keys.js'
import { IconButton } from '../ui/small.js'
import { SortableList } from '../ui/sortable-list.js'
import { OptionDot } from '../ui/tag.js'
import { optionColor, seriesOrder } from '../ui/theme.js'
import { JsonInput } from './json-input.js'
import { freeOptionValue, nameOf } from './names.js'
import { Property } from './property.js'
import { spelling } from './spelling.js'
import { useTexts } from './texts.js'

/** Comes when the details of an option are opened. */
const ConditionInput = lazy(() => import('./condition-input.js').then(part => ({ default: part.ConditionInput })))

type Change = (change: Partial<Record<keyof OptionDefinition, unknown>>) => void

const languageOrder = (locale: Locale): readonly [Locale, Locale] => (locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'])

const relabelled = (label: Label | undefined, language: Locale, text: string): Label =>
  ({ ...(typeof label === 'string' ? { [language]: label } : label), [language]: text }) as Label

interface OptionRowsProps {
  readonly options: readonly OptionDefinition[]
  /** The values that are live; those are made inactive rather than removed. */
  readonly live: readonly string[]
  readonly isState: boolean
  /** The object whose fields conditions read; none where options belong to no object. */
  readonly object: string | null
  readonly error: string | undefined
  readonly errorAt: (property: string) => string | undefined
  readonly put: (options: readonly OptionDefinition[]) => void
}

/** Options with their order, colours, meaning and labels; one in use is made inactive rather than removed. */
export function OptionRows({ options, live, isState, object, error, errorAt, put }: OptionRowsProps) {
  const { t } = useTexts()
  const { locale } = useApp()
  const items = options.map((option, at) => ({ id: option.value, title: labelOf(option.label, locale) || option.value, option, at }))
  const move = (value: string, to: number) => {
    const moved = options.find(option => option.value === value)
    const others = options.filter(option => option.value !== value)
    if (moved) put([...others.slice(0, to), moved, ...others.slice(to)])
  }
  return (
    <div className="property">
      <span className="property-label">{t('property.options')}</span>
      <SortableList items={items} label={t('property.options')} className="option-rows" onMove={move}>
        {({ option, id, at }, handle) => (
          <OptionRow
            option={option}
            isState={isState}
            handle={handle}
            isLive={live.includes(id)}
            object={object}
            errorAt={property => errorAt(`${at}/${property}`)}
            onChange={change => put(options.map(each => (each.value === id ? cleaned({ ...each, ...change }) : each)))}
            onRemove={() => put(options.filter(each => each.value !== id))}
          />
        )}
      </SortableList>
      <AddOption options={options} put={put} />
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

const cleaned = (option: Partial<Record<keyof OptionDefinition, unknown>>): OptionDefinition =>
  Object.fromEntries(Object.entries(option).filter(([, value]) => value !== undefined && value !== '')) as OptionDefinition

interface OptionRowProps {
  option: OptionDefinition
  handle: ReactNode
  /** Whether the field has a state machine. */
  isState: boolean
  isLive: boolean
  object: string | null
  errorAt: (property: string) => string | undefined
  onChange: Change
  onRemove: () => void
}

function OptionRow({ handle, ...details }: OptionRowProps) {
  const { option, onChange } = details
  const { t } = useTexts()
  const { locale } = useApp()
  const [isOpen, setOpen] = useState(false)
  const title = labelOf(option.label, locale) || option.value
  return (
    <div className={option.inactive ? 'option-row inactive' : 'option-row'}>
      <div className="option-line">
        {handle}
        <ColorChoice value={option.color as string | undefined} name={title} onChange={color => onChange({ color })} />
        <Input
          size="small"
          aria-label={t('option.label', { name: title })}
          value={typeof option.label === 'string' ? option.label : (option.label?.[locale] ?? '')}
          placeholder={title}
          onChange={event => onChange({ label: relabelled(option.label, locale, event.target.value) })}
        />
        <IconButton
          icon={isOpen ? ChevronDown : ChevronRight}
          label={t('option.more', { name: title })}
          onClick={() => setOpen(open => !open)}
          aria-expanded={isOpen}
        />
      </div>
      {isOpen && <OptionDetails {...details} />}
    </div>
  )
}

function OptionDetails({ option, isState, isLive, object, errorAt, onChange, onRemove }: Omit<OptionRowProps, 'handle'>) {
  const { t } = useTexts()
  const { locale } = useApp()
  const [, other] = languageOrder(locale)
  const id = `option-${option.value}`
  return (
    <div className="option-details">
      <Property id={`${id}-other`} label={t(`inLanguage.${other}`, { title: t('property.label') })}>
        <Input
          id={`${id}-other`}
          size="small"
          lang={other}
          value={typeof option.label === 'string' ? '' : (option.label?.[other] ?? '')}
          onChange={event => onChange({ label: relabelled(option.label, other, event.target.value) })}
        />
      </Property>
      <Property id={`${id}-kind`} label={t('option.kind')} help={t('option.kindHelp')}>
        <AutoComplete
          id={`${id}-kind`}
          size="small"
          allowClear
          value={option.kind ?? ''}
          onChange={kind => onChange({ kind })}
          style={{ width: '100%' }}
          options={['open', 'won', 'lost', 'done', 'cancelled'].map(value => ({ value, label: t(`option.kind.${value}`) }))}
        />
      </Property>
      {isState && (
        <Property id={`${id}-limit`} label={t('states.limit')}>
          <Input
            id={`${id}-limit`}
            size="small"
            placeholder={t('states.limitNone')}
            value={option.limit ?? ''}
            onChange={event => onChange({ limit: /^\d+$/.test(event.target.value) ? Number(event.target.value) : event.target.value })}
          />
        </Property>
      )}
      {isState &&
        (['editable', 'enter', 'leave'] as const).map(property => (
          <JsonInput
            key={property}
            id={`${id}-${property}`}
            label={t(`states.${property}`)}
            help={t(property === 'editable' ? 'states.editableHelp' : 'states.effectHelp')}
            value={option[property]}
            error={errorAt(property)}
            onChange={value => onChange({ [property]: value })}
          />
        ))}
      <p className="field-help">
        {t('option.value')} <code>{option.value}</code>
      </p>
      {object !== null && (
        <Suspense fallback={null}>
          <ConditionInput
            id={`${id}-when`}
            title={t('option.when')}
            object={object}
            value={option.when}
            onChange={when => onChange({ when })}
          />
        </Suspense>
      )}
      <Checkbox checked={option.inactive === true} onChange={event => onChange({ inactive: event.target.checked || undefined })}>
        {t('option.inactive')}
      </Checkbox>
      {!isLive && (
        <Button size="small" type="text" danger icon={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
          {t('option.remove')}
        </Button>
      )}
    </div>
  )
}

function ColorChoice({ value, name, onChange }: { value: string | undefined; name: string; onChange: (color: string) => void }) {
  const { t } = useTexts()
  const items = seriesOrder.map(color => ({
    key: color,
    label: t(`color.${color}`),
    icon: <OptionDot color={color} />,
    onClick: () => onChange(color),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [optionColor(value)] }}>
      <button type="button" className="color-button" aria-label={t('option.color', { name, color: t(`color.${optionColor(value)}`) })}>
        <OptionDot color={value} />
      </button>
    </Dropdown>
  )
}

function AddOption({ options, put }: Pick<OptionRowsProps, 'options' | 'put'>) {
  const { t } = useTexts()
  const { locale } = useApp()
  const [typed, setTyped] = useState('')
  const add = async () => {
    const text = typed.trim()
    if (text === '') return
    const spell = await spelling()
    const value = freeOptionValue(
      options.map(option => option.value),
      nameOf(text, spell, 'option'),
    )
    const color = seriesOrder[options.length % seriesOrder.length] ?? 'gray'
    put([...options, { value, label: { [locale]: text }, color }])
    setTyped('')
  }
  return (
    <div className="option-line">
      <Input
        size="small"
        value={typed}
        placeholder={t('option.add')}
        aria-label={t('option.add')}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => isKey(event, 'Enter') && void add()}
      />
      <IconButton icon={Plus} label={t('option.add')} onClick={() => void add()} />
    </div>
  )
}
