import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { titleName } from '@tessera/platform/model/seen.js'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { type FilterValueProps, type InputProps, relatedOf } from './face.js'
import { type Option, useFound, useNamed, withChosen } from './found-records.js'

/** The objects that a field may point at, as far as they may be seen. */
const objectsOf = (app: ReturnType<typeof useApp>, { targets = [] }: FieldModel): ObjectModel[] =>
  targets.flatMap(target => objectOf(app, target) ?? [])

/** Chooses the object, then finds its record by name or number. */
export function PolymorphicInput({
  id,
  field,
  value,
  record,
  onChange,
  onBlur,
  invalid,
  disabled,
  required,
  describedBy,
  inline,
}: InputProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const objects = objectsOf(app, field)
  const present = relatedOf(field, record)
  const [chosen, setChosen] = useState<string>()
  const object = objects.find(({ name }) => name === (chosen ?? present?.type)) ?? objects[0]
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { options, isLoading } = useFound(object, object ? titleName(object) : 'id', typed, isOpen)
  const isHere = present !== null && present.type === object?.name
  const all =
    isHere && !options.some(option => option.value === present.id)
      ? [{ value: present.id, label: present.title ?? '' }, ...options]
      : options
  const change = (target: string) => {
    setChosen(target)
    setTyped('')
    if (value) onChange(null, null)
  }
  return (
    <div className="polymorphic-input">
      <Select
        aria-label={t('polymorphic.object')}
        value={object?.name ?? null}
        disabled={disabled === true}
        onChange={change}
        options={objects.map(one => ({ value: one.name, label: label(one.label) || one.name }))}
      />
      <Select
        id={id}
        value={isHere && typeof value === 'string' ? value : null}
        options={all}
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        onOpenChange={setOpen}
        allowClear={!required}
        loading={isLoading}
        placeholder={t('lookup.find')}
        notFoundContent={isLoading ? t('loading') : t('lookup.none')}
        autoFocus={inline === true}
        disabled={disabled === true}
        status={invalid ? 'error' : ''}
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(next: string | null) => {
          const option = all.find(one => one.value === next)
          onChange(option?.value ?? null, option && object ? { id: option.value, title: option.label, type: object.name } : null)
        }}
        onBlur={onBlur}
      />
    </div>
  )
}

/** Chooses certain records for a condition, of whichever of the objects. */
export function PolymorphicFilterValue({ id, field, value, onChange }: FilterValueProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const objects = objectsOf(app, field)
  const [target, setTarget] = useState(objects[0]?.name)
  const object = objects.find(({ name }) => name === target)
  const title = object ? titleName(object) : 'id'
  const [typed, setTyped] = useState('')
  const [met, setMet] = useState<readonly Option[]>([])
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const { options, isLoading } = useFound(object, title, typed, true)
  const named = useNamed(object, title, useState(chosen)[0])
  const names = withChosen(met, named)
  return (
    <div className="polymorphic-input">
      <Select
        aria-label={t('polymorphic.object')}
        value={target ?? null}
        onChange={setTarget}
        options={objects.map(one => ({ value: one.name, label: label(one.label) || one.name }))}
      />
      <Select
        id={id}
        mode="multiple"
        value={chosen}
        options={withChosen(
          names.filter(one => chosen.includes(one.value)),
          options,
        )}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={isLoading}
        onChange={(next: string[]) => {
          setMet(withChosen(names, options).filter(one => next.includes(one.value)))
          onChange(next)
        }}
      />
    </div>
  )
}
