import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldAlong } from '@tessera/platform/model/scope.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Input, Select } from 'antd'
import { Braces, Plus, Rows3, Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useLabel } from '../api/app.js'
import { faceOf } from '../fields/index.js'
import { seenFields } from '../fields/selection.js'
import { IconButton } from '../ui/small.js'
import {
  type ConditionRow,
  type Conditions,
  literalOf,
  operatorsFor,
  type RowOperator,
  readRows,
  ruleOfRows,
  takesValue,
  typedOf,
} from './condition-rows.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

interface ConditionInputProps {
  id: string
  title: string
  /** The object over whose records the condition is. */
  object: string
  value: unknown
  onChange: (rule: unknown) => void
  /** What stands for no condition, where there must be one. */
  empty?: unknown
  help?: string | undefined
  error?: string | undefined
}

/** A condition as rows of which all or any must hold, or as JSON where rows cannot say it. */
export function ConditionInput({ id, title, object, value, onChange, empty, help, error }: ConditionInputProps) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const [draft, setDraft] = useState<{ readonly rule: string; readonly conditions: Conditions } | null>(null)
  const [asJson, setAsJson] = useState(false)
  const written = JSON.stringify(value) ?? ''
  const rows = draft?.rule === written ? draft.conditions : readRows(value === empty ? undefined : value)
  const of = lookup(model.objects, object)
  if (!of) return null
  const change = (conditions: Conditions) => {
    const rule = ruleOfRows(conditions) ?? empty
    setDraft({ rule: JSON.stringify(rule) ?? '', conditions })
    onChange(rule)
  }
  const isJson = asJson || rows === null
  return (
    <div className="property condition" role="group" aria-labelledby={`${id}-title`}>
      <div className="condition-title">
        <span id={`${id}-title`} className="property-label grow">
          {title}
        </span>
        {value !== undefined && rows !== null && (
          <IconButton
            icon={isJson ? Rows3 : Braces}
            label={t(isJson ? 'condition.asRows' : 'condition.asJson')}
            onClick={() => setAsJson(before => !before)}
          />
        )}
      </div>
      {isJson ? (
        <JsonRule id={id} title={title} value={value} onChange={onChange} />
      ) : (
        <RowsEditor id={id} conditions={rows} object={of} model={model} onChange={change} />
      )}
      {help && <p className="field-help">{help}</p>}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface RowsEditorProps {
  id: string
  conditions: Conditions
  object: ObjectModel
  model: Model
  onChange: (conditions: Conditions) => void
}

function RowsEditor({ id, conditions, object, model, onChange }: RowsEditorProps) {
  const { t } = useTexts()
  const { join, rows } = conditions
  const put = (next: readonly ConditionRow[]) => onChange({ join, rows: next })
  const add = () => put([...rows, firstRow(object)])
  return (
    <>
      {rows.length > 1 && (
        <Select
          size="small"
          aria-label={t('condition.join')}
          value={join}
          onChange={next => onChange({ join: next, rows })}
          options={(['all', 'any'] as const).map(value => ({ value, label: t(`condition.${value}`) }))}
        />
      )}
      {rows.map((row, index) => (
        <RowEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          key={index}
          id={`${id}-${index}`}
          row={row}
          object={object}
          model={model}
          onChange={next => put(rows.map((each, at) => (at === index ? next : each)))}
          onRemove={() => put(rows.filter((_, at) => at !== index))}
        />
      ))}
      <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('condition.add')}
      </Button>
    </>
  )
}

function firstRow(object: ObjectModel): ConditionRow {
  const field = seenFields(object)[0]
  return { field: field?.name ?? 'id', operator: field ? (operatorsFor(field, field.name)[0] ?? 'isFilled') : 'isFilled', value: null }
}

interface RowEditorProps {
  id: string
  row: ConditionRow
  object: ObjectModel
  model: Model
  onChange: (row: ConditionRow) => void
  onRemove: () => void
}

const isNew = 'record.isNew'

function RowEditor({ id, row, object, model, onChange, onRemove }: RowEditorProps) {
  const { t } = useTexts()
  const choices = useFieldChoices(object, model)
  const field = row.field === isNew ? null : fieldAlong(object, model.objects, row.field.split('.'))
  const operators: readonly RowOperator[] = field ? operatorsFor(field, row.field) : ['isTrue', 'isFalse']
  const choose = (path: string) => {
    const next = path === isNew ? null : fieldAlong(object, model.objects, path.split('.'))
    onChange({ field: path, operator: next ? (operatorsFor(next, path)[0] ?? 'isFilled') : 'isTrue', value: null })
  }
  const compare = (operator: RowOperator) => {
    const isList = operator === 'in' || operator === 'notIn'
    onChange({ ...row, operator, value: takesValue(operator) && isList === Array.isArray(row.value) ? row.value : null })
  }
  return (
    <div className="condition-row">
      <Select
        size="small"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('condition.field')}
        value={row.field}
        onChange={choose}
        options={choices}
        popupMatchSelectWidth={false}
      />
      <IconButton icon={Trash2} label={t('condition.remove')} onClick={onRemove} />
      <Select
        size="small"
        aria-label={t('condition.operator')}
        value={row.operator}
        onChange={compare}
        options={[...new Set([row.operator, ...operators])].map(value => ({ value, label: t(`condition.op.${value}`) }))}
        popupMatchSelectWidth={false}
      />
      {field && takesValue(row.operator) && (
        <RowValue id={id} field={field} row={row} onChange={value => onChange({ ...row, value: literalOf(value, field) })} />
      )}
    </div>
  )
}

function RowValue({ id, field, row, onChange }: { id: string; field: FieldModel; row: ConditionRow; onChange: (value: unknown) => void }) {
  const { t } = useTexts()
  const [related, setRelated] = useState<unknown>(null)
  const { Input: ValueInput, FilterValue } = faceOf(field)
  const label = t('condition.value')
  if (row.operator === 'in' || row.operator === 'notIn')
    return (
      <div className="condition-value" role="group" aria-label={label}>
        <Suspense fallback={null}>
          <FilterValue id={id} field={field} operator="in" value={row.value} onChange={onChange} />
        </Suspense>
      </div>
    )
  return (
    <div className="condition-value">
      <Suspense fallback={null}>
        <ValueInput
          id={id}
          field={field}
          record={{ [field.name]: related }}
          value={typedOf(row.value, field)}
          label={label}
          onChange={(value, found) => {
            setRelated(found ?? null)
            onChange(value)
          }}
        />
      </Suspense>
    </div>
  )
}

/** The fields of an object, and those of the records that it points at. */
function useFieldChoices(object: ObjectModel, model: Model): { value: string; label: string }[] {
  const { t } = useTexts()
  const label = useLabel()
  const own = seenFields(object)
  const along = own.flatMap(field => {
    const target = lookup(model.objects, field.relation?.to ?? '')
    const beyond = target ? seenFields(target).filter(each => !each.system && !each.relation) : []
    return beyond.map(each => ({ value: `${field.name}.${each.name}`, label: `${label(field.label)} › ${label(each.label)}` }))
  })
  return [...own.map(field => ({ value: field.name, label: label(field.label) })), { value: isNew, label: t('condition.isNew') }, ...along]
}

interface JsonRuleProps {
  id: string
  title: string
  value: unknown
  onChange: (rule: unknown) => void
}

/** A rule as JSON, taken over as soon as it can be read; whether it fits the fields is checked with everything else. */
function JsonRule({ id, title, value, onChange }: JsonRuleProps) {
  const { t } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && parsed(typed) === undefined
  const change = (text: string) => {
    setTyped(text)
    const rule = text.trim() === '' ? undefined : parsed(text)
    if (rule !== undefined || text.trim() === '') onChange(rule)
  }
  return (
    <>
      <Input.TextArea
        id={id}
        className="code-input"
        aria-label={title}
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 1))}
        onChange={event => change(event.target.value)}
        onBlur={() => !isUnreadable && setTyped(null)}
      />
      {isUnreadable && (
        <p className="field-error" role="alert">
          {t('json.unreadable')}
        </p>
      )}
    </>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
