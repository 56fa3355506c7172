import type { FieldType } from '@tessera/platform/fields/field.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import { labelOf } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { useApp, useLabel } from '../api/app.js'
import { useTexts } from './texts.js'
import { typeIcon } from './type-icon.js'

interface TypeChoiceProps {
  id: string
  value: string
  onChange: (type: string) => void
  label?: string
  /** Says of each type what becomes of present values; none for a new field. */
  note?: (type: FieldType) => string | undefined
}

/** What is computed from others stands behind them, so that “lookup” finds the relation before its value. */
const computedLast = (left: string, right: string): number => Number(left === 'computed') - Number(right === 'computed')

/** Chooses the type of a field: found by its name in either language, grouped, each with an example. */
export function TypeChoice({ id, value, onChange, label, note }: TypeChoiceProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { locale } = useApp()
  const groups = [...new Set(Object.values(fieldTypes).map(type => type.group))].sort(computedLast)
  const wordsOf = (type: FieldType) => `${labelOf(type.label, 'en')} ${labelOf(type.label, 'zh-CN')} ${type.name}`.toLowerCase()
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{
        filterOption: (typed, option) =>
          option !== undefined && 'words' in option && String(option.words).includes(typed.trim().toLowerCase()),
      }}
      value={value}
      onChange={onChange}
      listHeight={360}
      popupMatchSelectWidth={320}
      style={{ width: '100%' }}
      options={groups.map(group => ({
        label: t(`group.${group}`),
        title: group,
        options: Object.values(fieldTypes)
          .filter(type => type.group === group)
          .map(type => ({ value: type.name, label: labelOf(type.label, locale), words: wordsOf(type) })),
      }))}
      optionRender={option => {
        const type = lookup(fieldTypes, String(option.value))
        const Icon = typeIcon(String(option.value))
        return (
          <span className="type-line">
            <Icon size={15} strokeWidth={1.75} aria-hidden /> <span>{option.label}</span>
            <span className="grow" />
            <span className="quiet cut">{type ? (note?.(type) ?? text(type.sample)) : ''}</span>
          </span>
        )
      }}
    />
  )
}
