import type { FilterOperator } from '@tessera/platform/fields/filters.js'
import { filters } from '@tessera/platform/fields/filters.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Input, Select } from 'antd'
import { type FormEvent, type KeyboardEvent, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { conditionField } from '../../fields/condition-fields.js'
import { type Condition, isComplete, operatorsOf } from '../../fields/conditions.js'
import { faceOf } from '../../fields/index.js'
import { isKey } from '../../ui/keys.js'
import { Skeleton } from '../../ui/small.js'
import { filterFields, usualValue } from './first-condition.js'

/** Chooses the field of a new condition. */
export function FieldPicker({ object, onPick }: { object: ObjectModel; onPick: (field: FieldModel) => void }) {
  const { t } = useTranslation()
  const label = useLabel()
  const [typed, setTyped] = useState('')
  const fields = filterFields(object).filter(field => label(field.label).toLowerCase().includes(typed.trim().toLowerCase()))
  const onKeyDown = (event: KeyboardEvent) => {
    if (isKey(event, 'Enter') && fields[0]) onPick(fields[0])
  }
  return (
    <div className="field-picker">
      <Input
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={t('filter.findField')}
        aria-label={t('filter.findField')}
        autoFocus
      />
      <ul>
        {fields.map(field => {
          const Icon = faceOf(field).icon
          return (
            <li key={field.name}>
              <button type="button" onClick={() => onPick(field)}>
                <Icon size={15} aria-hidden /> {label(field.label)}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface ConditionEditorProps {
  object: ObjectModel
  condition: Condition
  onApply: (condition: Condition) => void
  onCancel: () => void
}

/** Edits one condition: what is compared, and with what. */
export function ConditionEditor({ object, condition, onApply, onCancel }: ConditionEditorProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const id = useId()
  const [draft, setDraft] = useState(condition)
  const field = conditionField(object, draft.field)
  if (!field) return null
  const FilterValue = faceOf(field).FilterValue
  const operators = operatorsOf(field)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isComplete(draft)) onApply(draft)
  }
  const chooseOperator = (operator: FilterOperator) => {
    const isSame = filters[operator].input === filters[draft.operator].input
    setDraft({ ...draft, operator, value: isSame ? draft.value : usualValue(operator) })
  }
  return (
    <form className="condition-editor" onSubmit={submit} aria-label={label(field.label)}>
      <div className="condition-head">
        <label htmlFor={id}>{label(field.label)}</label>
        <Select
          size="small"
          variant="filled"
          aria-label={t('filter.operator')}
          value={draft.operator}
          onChange={chooseOperator}
          popupMatchSelectWidth={false}
          options={operators.map(operator => ({ value: operator, label: t(`filter.op.${operator}`) }))}
        />
      </div>
      {draft.operator === 'isNull' ? (
        <EmptyChoice value={draft.value === true} onChange={value => setDraft({ ...draft, value })} />
      ) : (
        <Suspense fallback={<Skeleton width="100%" height={32} />}>
          <FilterValue
            key={draft.operator}
            id={id}
            field={field}
            operator={draft.operator}
            value={draft.value}
            onChange={value => setDraft(before => ({ ...before, value }))}
          />
        </Suspense>
      )}
      <div className="condition-foot">
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" disabled={!isComplete(draft)}>
          {t('filter.apply')}
        </Button>
      </div>
    </form>
  )
}

function EmptyChoice({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Select
      style={{ width: '100%' }}
      aria-label={t('filter.op.isNull')}
      value={value}
      onChange={onChange}
      options={[
        { value: true, label: t('filter.empty') },
        { value: false, label: t('filter.notEmpty') },
      ]}
    />
  )
}
