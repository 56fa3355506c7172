import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { targetsOf } from '@tessera/platform/fields/polymorphic.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { useLabel } from '../api/app.js'
import { ConditionInput } from './condition-input.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { RuleInput } from './rule-input.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

interface InputProps {
  field: PanelField
  property: keyof FieldDefinition
  id: string
}

/** The objects that a polymorphic field may point at. */
export function TargetsInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  return (
    <Property id={id} label={t('property.to')} error={field.errorAt(property)}>
      <Select
        id={id}
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        value={[...targetsOf(field.definition)]}
        onChange={(to: string[]) => field.change({ to })}
        style={{ width: '100%' }}
        options={Object.values(model.objects)
          .filter(isDefined)
          .map(object => ({ value: object.name, label: text(object.label) || object.name }))}
      />
    </Property>
  )
}

/** The relation along which a value is read. */
export function RelationInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const relations = Object.values(lookup(model.objects, field.object)?.fields ?? {}).filter(one => one.relation?.to)
  return (
    <Property id={id} label={t('property.along')} error={field.errorAt(property)}>
      <Select
        id={id}
        value={field.definition.of ?? null}
        onChange={of => field.change({ of, field: undefined })}
        style={{ width: '100%' }}
        options={relations.map(one => ({ value: one.name, label: text(one.label) || one.name }))}
      />
    </Property>
  )
}

/** The value that is read at the end of that relation. */
export function RelatedFieldInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const relation = lookup(lookup(model.objects, field.object)?.fields ?? {}, field.definition.of ?? '')
  const fields = Object.values(lookup(model.objects, relation?.relation?.to ?? '')?.fields ?? {}).filter(
    one => !one.system && one.relation === null && one.currencyOf === null && !one.targets && one.typeOf === undefined && !one.along,
  )
  return (
    <Property id={id} label={t(`property.${property}`)} error={field.errorAt(property)}>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        value={field.definition.field ?? null}
        onChange={next => field.change({ field: next })}
        style={{ width: '100%' }}
        options={fields.map(one => ({ value: one.name, label: text(one.label) || one.name }))}
      />
    </Property>
  )
}

/** Which records may be chosen, as a condition on them; values of the record that is edited stand beside theirs. */
export function CandidatesInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const target = field.definition.type === 'hierarchy' ? field.object : field.definition.to
  if (target === undefined) return <RuleInput field={field} property={property} id={id} />
  return (
    <ConditionInput
      id={id}
      title={t(`property.${property}`)}
      object={target}
      edited={field.object}
      isWritten={false}
      value={field.definition[property]}
      onChange={rule => field.change({ [property]: rule })}
      error={field.errorAt(property)}
    />
  )
}

/** Chooses the single choice of the same object that decides which options are offered. */
export function DependsOnInput({ field, property, id }: InputProps) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const fields = Object.values(lookup(model.objects, field.object)?.fields ?? {}).filter(
    one => one.definition.type === 'select' && one.name !== field.name,
  )
  const value = field.definition[property]
  return (
    <Property id={id} label={t(`property.${property}`)} help={t(`property.${property}.help`)} error={field.errorAt(property)}>
      <Select
        id={id}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('property.none')}
        value={typeof value === 'string' ? value : null}
        onChange={next => field.change({ [property]: next ?? undefined })}
        style={{ width: '100%' }}
        options={fields.map(one => ({ value: one.name, label: text(one.label) || one.name }))}
      />
    </Property>
  )
}
