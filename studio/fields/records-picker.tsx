import type { ObjectModel } from '@tessera/platform/model/model.js'
import { titleName } from '@tessera/platform/model/seen.js'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Related } from '../api/records.js'
import { useFound } from './found-records.js'

interface RecordsPickerProps {
  id: string
  object: ObjectModel
  chosen: readonly Related[]
  onChange: (chosen: readonly Related[]) => void
  label?: string | undefined
  invalid?: boolean
  disabled?: boolean
  required?: boolean
  describedBy?: string | undefined
}

/** Finds any number of records of an object; the chosen ones stand as chips. */
export function RecordsPicker({ id, object, chosen, onChange, label, invalid, disabled, required, describedBy }: RecordsPickerProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { options, isLoading } = useFound(object, titleName(object), typed, isOpen)
  const names = new Map([
    ...options.map(option => [option.value, option.label] as const),
    ...chosen.map(one => [one.id, one.title ?? one.id] as const),
  ])
  const present = chosen.map(one => ({ value: one.id, label: one.title ?? one.id }))
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      value={chosen.map(one => one.id)}
      options={[...present, ...options.filter(option => !chosen.some(one => one.id === option.value))]}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      onOpenChange={setOpen}
      loading={isLoading}
      placeholder={t('lookup.find')}
      notFoundContent={isLoading ? t('loading') : t('lookup.none')}
      disabled={disabled === true}
      aria-required={required}
      status={invalid ? 'error' : ''}
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(ids: string[]) => onChange(ids.map(one => ({ id: one, title: names.get(one) ?? null })))}
    />
  )
}
