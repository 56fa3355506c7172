import type { ObjectModel } from '@tessera/platform/model/model.js'
import { titleName } from '@tessera/platform/model/seen.js'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFound } from '../fields/found-records.js'
import type { ChoiceProps } from '../ui/confirm.js'
import { Labelled } from '../ui/labelled.js'

interface SuccessorChoiceProps extends ChoiceProps {
  object: ObjectModel
  /** What a record of the object is called. */
  name: string
  leaving: readonly string[]
}

/** Finds the record of an object that takes over what others leave; those that go are not offered. */
export function SuccessorChoice({ object, name, leaving, value, onChange }: SuccessorChoiceProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { options, isLoading } = useFound(object, titleName(object), typed, isOpen, { id: { notIn: leaving } })
  return (
    <Labelled className="question-choice" id="successor" label={t('delete.successor', { name })}>
      <Select
        id="successor"
        style={{ width: '100%' }}
        value={value}
        options={options}
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        onOpenChange={setOpen}
        loading={isLoading}
        placeholder={t('lookup.find')}
        notFoundContent={isLoading ? t('loading') : t('lookup.none')}
        aria-required
        onChange={(id: string | undefined) => onChange(id ?? null)}
      />
    </Labelled>
  )
}
