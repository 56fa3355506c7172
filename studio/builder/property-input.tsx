import type { TSchema } from '@sinclair/typebox'
import { commonProperties, type FieldDefinition, optionalProperties } from '@tessera/platform/fields/definition.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { Skeleton } from '../ui/small.js'
import { DefaultInput, hasDefault } from './default-input.js'
import { FieldCondition, FieldExamples, HelpRules } from './field-rules.js'
import { LabelInputs } from './label-inputs.js'
import { ObjectChoice } from './object-choice.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { CandidatesInput, DependsOnInput, RelatedFieldInput, RelationInput, TargetsInput } from './relation-inputs.js'
import { ChildFieldInput, ChildrenCondition, ChildrenInput } from './rollup-inputs.js'
import { RuleInput } from './rule-input.js'
import { useTexts } from './texts.js'

const OptionsEditor = lazy(() => import('./options-editor.js').then(module => ({ default: module.OptionsEditor })))
const StatesEditor = lazy(() => import('./states-editor.js').then(module => ({ default: module.StatesEditor })))

type PropertyName = keyof FieldDefinition

const schemas = { ...commonProperties, ...optionalProperties } as unknown as Readonly<Record<string, TSchema>>

/** Which properties a field has to set, in the order and groups of the panel. */
export function propertiesOf({
  definition,
  model,
}: PanelField): Readonly<Record<'own' | 'rules' | 'conditions' | 'shown', PropertyName[]>> {
  const type = lookup(fieldTypes, definition.type)
  const own = (Object.keys(type?.options.properties ?? {}) as PropertyName[]).filter(
    property => property !== 'options' || type?.name !== 'formula' || definition.returns === 'select',
  )
  const isWritable = type?.writable ?? false
  const canBeUnique = (isWritable || type?.name === 'autonumber') && model?.class.sortable !== false
  return {
    own,
    rules: [
      ...(isWritable ? (['required'] as const) : []),
      ...(canBeUnique ? (['unique'] as const) : []),
      ...(isWritable && type && hasDefault(type.name) ? (['default'] as const) : []),
      ...(isWritable ? (['readOnly', 'setOnce', 'noCopy'] as const) : []),
    ],
    conditions: [
      'visibleWhen',
      ...(isWritable ? (['requiredWhen', 'readOnlyWhen'] as const) : []),
      ...(isWritable && model?.class.rule ? (['defaultRule'] as const) : []),
      'helpWhen',
      'examples',
    ],
    shown: [
      'help',
      'description',
      'inList',
      'inFilter',
      ...(type?.group === 'text' || type?.name === 'autonumber' ? (['search'] as const) : []),
      ...(type?.columns({ ...definition }).length ? (['index'] as const) : []),
      'hidden',
    ],
  }
}

interface EditorProps {
  field: PanelField
  property: PropertyName
  id: string
}

const editors: Partial<Record<PropertyName, (props: EditorProps) => ReactNode>> = {
  options: ({ field }) => <OptionsEditor field={field} />,
  states: ({ field }) => <StatesEditor field={field} />,
  to: props => (props.field.definition.type === 'polymorphic' ? <TargetsInput {...props} /> : <Target {...props} />),
  rule: props => <RuleInput {...props} />,
  where: props => <ChildrenCondition {...props} />,
  schema: props => <RuleInput {...props} />,
  candidates: props => <CandidatesInput {...props} />,
  dependsOn: props => <DependsOnInput {...props} />,
  attributes: props => <RuleInput {...props} />,
  labels: props => <RuleInput {...props} />,
  of: props => (props.field.definition.type === 'lookupValue' ? <RelationInput {...props} /> : <ChildrenInput {...props} />),
  field: props => (props.field.definition.type === 'lookupValue' ? <RelatedFieldInput {...props} /> : <ChildFieldInput {...props} />),
  by: props => <ChildFieldInput {...props} />,
  rateDate: props => <ChildFieldInput {...props} />,
  examples: ({ field }) => <FieldExamples field={field} />,
  default: props => <DefaultInput {...props} />,
  visibleWhen: props => <FieldCondition {...props} />,
  requiredWhen: props => <FieldCondition {...props} />,
  readOnlyWhen: props => <FieldCondition {...props} />,
  defaultRule: props => <RuleInput {...props} />,
  helpWhen: props => <HelpRules {...props} />,
  help: props => <Text {...props} />,
  description: props => <Text {...props} />,
  inverseLabel: props => <Text {...props} />,
  min: props => <Bound {...props} />,
  max: props => <Bound {...props} />,
}

/** The input of one property, made from its shape. */
export function PropertyInput({ field, property }: { field: PanelField; property: PropertyName }) {
  const id = `property-${property}`
  const Editor = editors[property] ?? editorOf(schemaOf(field, property))
  return (
    <Suspense fallback={<Skeleton width="100%" height={32} />}>
      <Editor field={field} property={property} id={id} />
    </Suspense>
  )
}

/** The shape of a property: what the type says of it, else what it is everywhere. */
const schemaOf = ({ definition }: PanelField, property: PropertyName): TSchema | undefined =>
  (lookup(fieldTypes, definition.type)?.options.properties as Readonly<Record<string, TSchema>> | undefined)?.[property] ??
  schemas[property]

function editorOf(schema: TSchema | undefined): (props: EditorProps) => ReactNode {
  if (schema?.type === 'boolean') return Flag
  if (schema?.type === 'integer') return Whole
  return Array.isArray(schema?.anyOf) ? OneOf : Line
}

/** On for what is absent as well. */
const onByDefault: readonly string[] = ['inList', 'inFilter']

function Flag({ field, property, id }: EditorProps) {
  const { t } = useTexts()
  const value = field.definition[property]
  const isOn = value === undefined ? onByDefault.includes(property) : value === true
  const usual = onByDefault.includes(property)
  const wasChosen = field.live?.definition[property] === true
  const change = (on: boolean) => field.change({ [property]: on && (wasChosen || !usual) ? true : !on && usual ? false : undefined })
  const error = field.errorAt(property)
  return (
    <div className="property">
      <Checkbox id={id} checked={isOn} onChange={event => change(event.target.checked)}>
        {t(`property.${property}`)}
      </Checkbox>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

function Whole({ field, property, id }: EditorProps) {
  const { t } = useTexts()
  const { minimum, maximum } = (schemas[property] ?? {}) as { minimum?: number; maximum?: number }
  const value = field.definition[property]
  return (
    <Property id={id} label={t(`property.${property}`)} error={field.errorAt(property)}>
      <InputNumber
        id={id}
        precision={0}
        {...(minimum === undefined ? {} : { min: minimum })}
        {...(maximum === undefined ? {} : { max: maximum })}
        value={typeof value === 'number' ? value : null}
        onChange={next => field.change({ [property]: next ?? undefined })}
        style={{ width: '100%' }}
      />
    </Property>
  )
}

function Line({ field, property, id }: EditorProps) {
  const { t, i18n } = useTexts()
  const help = `property.${property}.help`
  return (
    <Property
      id={id}
      label={t(`property.${property}`)}
      error={field.errorAt(property)}
      help={i18n.exists(help, { ns: 'builder' }) ? t(help) : undefined}
    >
      <Input
        id={id}
        spellCheck={false}
        value={String(field.definition[property] ?? '')}
        onChange={event => field.change({ [property]: event.target.value || undefined })}
      />
    </Property>
  )
}

function OneOf({ field, property, id }: EditorProps) {
  const { t, i18n } = useTexts()
  const ofType = `property.${property}.${field.definition.type}`
  const choices = ((schemaOf(field, property)?.anyOf ?? []) as { const?: string }[]).flatMap(choice =>
    choice.const === undefined ? [] : [choice.const],
  )
  const value = field.definition[property]
  return (
    <Property id={id} label={t(i18n.exists(ofType, { ns: 'builder' }) ? ofType : `property.${property}`)} error={field.errorAt(property)}>
      <Select
        id={id}
        allowClear
        placeholder={t('property.usual')}
        value={typeof value === 'string' ? value : null}
        onChange={next => field.change({ [property]: next ?? undefined })}
        style={{ width: '100%' }}
        options={choices.map(choice => ({ value: choice, label: t(`choice.${property}.${choice}`) }))}
      />
    </Property>
  )
}

/** How the bounds of types are written that are no numbers. */
const boundForms: Readonly<Record<string, string>> = { date: 'YYYY-MM-DD', time: 'HH:MM', duration: 'PT1H30M' }

/** The smallest or greatest value: a number for whole numbers, else written exactly. */
function Bound({ field, property, id }: EditorProps) {
  const { t } = useTexts()
  const asStored = (text: string): unknown =>
    text === '' ? undefined : field.model?.class.name === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text
  return (
    <Property id={id} label={t(`property.${property}`)} error={field.errorAt(property)}>
      <Input
        id={id}
        className="num"
        inputMode={lookup(boundForms, field.definition.type) === undefined ? 'decimal' : 'text'}
        placeholder={lookup(boundForms, field.definition.type) ?? ''}
        value={String(field.definition[property] ?? '')}
        onChange={event => field.change({ [property]: asStored(event.target.value.trim()) })}
      />
    </Property>
  )
}

function Text({ field, property, id }: EditorProps) {
  const { t } = useTexts()
  return (
    <LabelInputs
      id={id}
      title={t(`property.${property}`)}
      long
      value={field.definition[property] as Label | undefined}
      onChange={next => field.change({ [property]: next })}
      error={field.errorAt(property)}
    />
  )
}

function Target({ field, property, id }: EditorProps) {
  const { t } = useTexts()
  if (field.definition.type === 'hierarchy') return null
  return (
    <Property id={id} label={t('property.to')} error={field.errorAt(property)}>
      <ObjectChoice id={id} value={field.definition.to} onChange={to => field.change({ to })} />
    </Property>
  )
}
