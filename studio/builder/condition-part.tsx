import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import { faceOf } from '../fields/index.js'
import { seenFields } from '../fields/selection.js'
import { IconButton } from '../ui/small.js'
import {
  type ConditionRow,
  type Conditions,
  comparesPaths,
  deepestGroup,
  isGroup,
  literalOf,
  operatorsFor,
  type RowOperator,
  takesValue,
  typedOf,
} from './condition-rows.js'
import { type ConditionScope, fieldAt, isNew, useFieldChoices, useOtherChoices } from './condition-scope.js'
import { useTexts } from './texts.js'

interface ConditionRowsProps {
  id: string
  conditions: Conditions
  scope: ConditionScope
  /** In how many groups these rows stand. */
  depth?: number
  onChange: (conditions: Conditions) => void
  /** Takes the group away that these rows are. */
  onRemove?: () => void
}

/** Rows of a condition, and groups of rows, of which all or any must hold. */
export function ConditionRows({ id, conditions, scope, depth = 0, onChange, onRemove }: ConditionRowsProps) {
  const { t } = useTexts()
  const { join, rows } = conditions
  const put = (next: Conditions['rows']) => onChange({ join, rows: next })
  const other = join === 'all' ? 'any' : 'all'
  return (
    <>
      {(rows.length > 1 || depth > 0) && (
        <div className="condition-join">
          <Select
            size="small"
            aria-label={t('condition.join')}
            value={join}
            onChange={next => onChange({ join: next, rows })}
            options={(['all', 'any'] as const).map(value => ({ value, label: t(`condition.${value}`) }))}
          />
          {onRemove && <IconButton icon={Trash2} label={t('condition.removeGroup')} onClick={onRemove} />}
        </div>
      )}
      {rows.map((part, index) => {
        const shared = {
          id: `${id}-${index}`,
          scope,
          onChange: (next: ConditionRow | Conditions) => put(rows.map((each, at) => (at === index ? next : each))),
        }
        const remove = () => put(rows.filter((_, at) => at !== index))
        // biome-ignore-start lint/suspicious/noArrayIndexKey: rows have no identity of their own
        return isGroup(part) ? (
          <div key={index} className="condition-group" role="group" aria-label={t('condition.group')}>
            <ConditionRows {...shared} conditions={part} depth={depth + 1} onRemove={remove} />
          </div>
        ) : (
          <RowEditor key={index} {...shared} row={part} onRemove={remove} />
        )
        // biome-ignore-end lint/suspicious/noArrayIndexKey: rows have no identity of their own
      })}
      <div className="condition-add">
        <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />} onClick={() => put([...rows, firstRow(scope.object)])}>
          {t('condition.add')}
        </Button>
        {rows.length > 0 && depth < deepestGroup && (
          <Button
            size="small"
            type="text"
            icon={<Plus size={14} aria-hidden />}
            onClick={() => put([...rows, { join: other, rows: [firstRow(scope.object)] }])}
          >
            {t('condition.addGroup')}
          </Button>
        )}
      </div>
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
  scope: ConditionScope
  onChange: (row: ConditionRow) => void
  onRemove: () => void
}

function RowEditor({ id, row, scope, onChange, onRemove }: RowEditorProps) {
  const { t } = useTexts()
  const { isWritten } = scope
  const choices = useFieldChoices(scope)
  const field = row.field === isNew ? null : fieldAt(scope, row.field)
  const others = useOtherChoices(scope, field, row.field)
  const operators: readonly RowOperator[] = field ? operatorsFor(field, row.field, isWritten) : ['isTrue', 'isFalse']
  const choose = (path: string) => {
    const next = path === isNew ? null : fieldAt(scope, path)
    onChange({ field: path, operator: next ? (operatorsFor(next, path, isWritten)[0] ?? 'isFilled') : 'isTrue', value: null })
  }
  const compare = (operator: RowOperator) => {
    const isList = operator === 'in' || operator === 'notIn'
    const value = takesValue(operator) && isList === Array.isArray(row.value) ? row.value : null
    const other = comparesPaths(operator) ? row.other : undefined
    onChange({ field: row.field, operator, value, ...(other === undefined ? {} : { other }) })
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
      <div className="condition-compare">
        <Select
          size="small"
          aria-label={t('condition.operator')}
          value={row.operator}
          onChange={compare}
          options={[...new Set([row.operator, ...operators])].map(value => ({ value, label: t(`condition.op.${value}`) }))}
          popupMatchSelectWidth={false}
        />
        {others.length > 0 && comparesPaths(row.operator) && (
          <Select
            size="small"
            aria-label={t('condition.with')}
            value={row.other ?? ''}
            onChange={other => onChange({ field: row.field, operator: row.operator, value: null, ...(other === '' ? {} : { other }) })}
            options={[{ value: '', label: t('condition.thisValue') }, ...others]}
            popupMatchSelectWidth={false}
          />
        )}
      </div>
      {field && takesValue(row.operator) && row.other === undefined && (
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
