import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { useLabel } from '../api/app.js'
import { ConditionInput } from './condition-input.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

interface InputProps {
  field: PanelField
  property: keyof FieldDefinition
  id: string
}

/** Chooses the children that a rollup is made of; what was chosen of others does not stay. */
export function ChildrenInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const children = Object.values(lookup(model.objects, field.object)?.children ?? {})
  return (
    <Property id={id} label={t(`property.${property}`)} error={field.errorAt(property)}>
      <Select
        id={id}
        value={field.definition.of ?? null}
        placeholder={t('rollup.choose')}
        notFoundContent={t('rollup.none')}
        onChange={of => field.change({ of, field: undefined, by: undefined, rateDate: undefined, where: undefined })}
        style={{ width: '100%' }}
        options={children.map(child => ({ value: child.name, label: text(child.label) || child.name }))}
      />
    </Property>
  )
}

/** Chooses a field of the children of a rollup. */
export function ChildFieldInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const child = lookup(lookup(model.objects, field.object)?.children ?? {}, field.definition.of ?? '')
  const fields = Object.values(lookup(model.objects, child?.object ?? '')?.fields ?? {}).filter(
    one =>
      one.currencyOf === null &&
      (one.columns.length > 0 || one.type.name === 'rollup') &&
      (property !== 'rateDate' || one.class.name.startsWith('date')),
  )
  const value = field.definition[property]
  return (
    <Property id={id} label={t(`property.${property}`)} error={field.errorAt(property)}>
      <Select
        id={id}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('property.usual')}
        value={typeof value === 'string' ? value : null}
        onChange={next => field.change({ [property]: next ?? undefined })}
        style={{ width: '100%' }}
        options={fields.map(one => ({ value: one.name, label: text(one.label) || one.name }))}
      />
    </Property>
  )
}

/** Which children a rollup counts, as a condition on them. */
export function ChildrenCondition({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const child = lookup(lookup(model.objects, field.object)?.children ?? {}, field.definition.of ?? '')
  if (!child) return null
  return (
    <ConditionInput
      id={id}
      title={t(`property.${property}`)}
      object={child.object}
      isWritten={false}
      value={field.definition[property]}
      onChange={where => field.change({ [property]: where })}
      help={t('rollup.whereHelp')}
      error={field.errorAt(property)}
    />
  )
}
