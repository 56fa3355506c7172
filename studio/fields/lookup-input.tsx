import { filledCandidates } from '@tessera/platform/model/candidates.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { Button, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { objectOf, useApp, useLabel } from '../api/app.js'
import type { Related } from '../api/records.js'
import { createBeside } from './create-beside.js'
import { type FilterValueProps, type InputProps, relatedOf, type Values } from './face.js'
import { type Option, useFound, useNamed, withChosen } from './found-records.js'

const targetOf = (app: ReturnType<typeof useApp>, field: FieldModel) => objectOf(app, field.relation?.to ?? undefined)

/** Only records that fit the values beside the lookup, where its definition says which do. */
function candidatesWhere(app: ReturnType<typeof useApp>, field: FieldModel, record: Values): Readonly<Record<string, unknown>> | undefined {
  const object = objectOf(app, field.object)
  if (!object || field.definition.candidates === undefined) return undefined
  return { rule: filledCandidates(field.definition.candidates, object, record) }
}

const withPresent = (options: Option[], present: Related | null): Option[] =>
  present && !options.some(option => option.value === present.id)
    ? [{ value: present.id, label: present.title ?? '' }, ...options]
    : options

/** Finds a record of another object by name or number, or makes one in place. */
export function LookupInput({
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
  label,
  inline,
}: InputProps) {
  const { t } = useTranslation()
  const app = useApp()
  const text = useLabel()
  const object = targetOf(app, field)
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(inline === true)
  const { options, isLoading } = useFound(object, object?.title ?? 'id', typed, isOpen, candidatesWhere(app, field, record))
  const all = withPresent(options, relatedOf(field, record))
  const choose = (related: Related | null) => onChange(related?.id ?? null, related)
  const create = async () => {
    setOpen(false)
    const made = object && (await createBeside(object, typed))
    if (made) choose(made)
  }
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      value={typeof value === 'string' ? value : null}
      options={all}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      open={isOpen}
      onOpenChange={setOpen}
      allowClear={!required}
      loading={isLoading}
      placeholder={t('lookup.find')}
      notFoundContent={isLoading ? t('loading') : t('lookup.none')}
      autoFocus={inline === true}
      disabled={disabled === true}
      status={invalid ? 'error' : ''}
      aria-label={label}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      popupRender={menu => (
        <>
          {menu}
          {object && (
            <Button
              type="text"
              block
              icon={<Plus size={14} />}
              onMouseDown={event => event.preventDefault()}
              onClick={create}
              style={{ justifyContent: 'flex-start' }}
            >
              {t('newObject', { name: text(object.label) })}
            </Button>
          )}
        </>
      )}
      onChange={(chosen: string | null) => {
        const option = all.find(each => each.value === chosen)
        choose(option ? { id: option.value, title: option.label } : null)
      }}
      onBlur={onBlur}
    />
  )
}

/** Records that a condition names. */
export function LookupFilterValue({ id, field, value, onChange }: FilterValueProps) {
  const app = useApp()
  const [typed, setTyped] = useState('')
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const target = targetOf(app, field)
  const { options, isLoading } = useFound(target, target?.title ?? 'id', typed, true)
  const named = useNamed(target, target?.title ?? 'id', useState(chosen)[0])
  return (
    <Select
      id={id}
      mode="multiple"
      style={{ width: '100%' }}
      value={chosen}
      options={withChosen(named, options)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isLoading}
      onChange={changed => onChange(changed)}
    />
  )
}
