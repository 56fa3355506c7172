import type { TransitionDefinition } from '@tessera/platform/fields/states-shape.js'
import { labelOf } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Checkbox, Input, Select } from 'antd'
import { ArrowRight, ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { ConditionInput } from './condition-input.js'
import { JsonInput } from './json-input.js'
import { LabelInputs } from './label-inputs.js'
import { ExamplesInput } from './later-examples.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** An option as it can be chosen in a list. */
export interface StateChoice {
  readonly value: string
  readonly label: string
  readonly color?: string | undefined
}

interface TransitionRowProps {
  field: PanelField
  transition: TransitionDefinition
  /** What it is dragged by. */
  handle: ReactNode
  /** Its place in the definition of the field. */
  at: string
  choices: readonly StateChoice[]
  isOpen: boolean
  onOpen: () => void
  onChange: (next: TransitionDefinition) => void
  onRemove: () => void
}

/** A definition without what was emptied. */
const cleaned = (transition: Readonly<Record<string, unknown>>): TransitionDefinition =>
  Object.fromEntries(
    Object.entries(transition).filter(
      ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  ) as TransitionDefinition

/** The id of the part of the page that is a transition's head. */
export const transitionId = (transition: string): string => `transition-${transition}`

/** One transition: what it is called and where it leads; the rest folds out. */
export function TransitionRow(props: TransitionRowProps) {
  const { field, transition, handle, at, choices, isOpen, onOpen } = props
  const { t } = useTexts()
  const { locale } = useApp()
  const nameOf = (value: string) => choices.find(choice => choice.value === value)?.label ?? value
  const label = labelOf(transition.label, locale) || transition.transition
  const from = transition.from === '*' ? t('states.any') : transition.from.map(nameOf).join(locale === 'zh-CN' ? '、' : ', ')
  const error = field.errorAt(at)
  return (
    <div className="transition-row">
      <div className="option-line">
        {handle}
        <button type="button" id={transitionId(transition.transition)} className="transition-face" aria-expanded={isOpen} onClick={onOpen}>
          <span className="transition-label">{label}</span>
          <span className="transition-way">
            <span className="cut">{from}</span>
            <ArrowRight size={12} aria-label={t('states.to')} />
            <span className="cut">{nameOf(transition.to)}</span>
          </span>
        </button>
        <IconButton icon={isOpen ? ChevronDown : ChevronRight} label={t('states.more', { name: label })} onClick={onOpen} />
      </div>
      {error && !isOpen && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {isOpen && <Details {...props} />}
    </div>
  )
}

function Details({ field, transition, at, choices, onChange, onRemove }: TransitionRowProps) {
  const { t } = useTexts()
  const put = (change: Readonly<Record<string, unknown>>) => onChange(cleaned({ ...transition, ...change }))
  const errorAt = (property: string) => field.errorAt(`${at}/${property}`)
  const id = (property: string) => `${at.replaceAll('/', '-')}-${property}`
  const ways = [{ value: '*', label: t('states.any') }, ...choices]
  return (
    <div className="transition-details">
      <LabelInputs
        id={id('label')}
        title={t('property.label')}
        value={transition.label}
        onChange={label => put({ label: label ?? transition.transition })}
      />
      <Property id={id('name')} label={t('apiName')} error={errorAt('transition')}>
        <Input
          id={id('name')}
          spellCheck={false}
          defaultValue={transition.transition}
          onBlur={event => event.target.value !== transition.transition && put({ transition: event.target.value.trim() })}
        />
      </Property>
      <Property id={id('from')} label={t('states.from')} error={errorAt('from')}>
        <Select
          id={id('from')}
          mode="multiple"
          style={{ width: '100%' }}
          value={transition.from === '*' ? ['*'] : transition.from}
          onChange={(from: string[]) => put({ from: from.at(-1) === '*' || from.length === 0 ? '*' : from.filter(each => each !== '*') })}
          options={ways}
        />
      </Property>
      <Property id={id('to')} label={t('states.toState')} error={errorAt('to')}>
        <Select
          id={id('to')}
          style={{ width: '100%' }}
          value={transition.to}
          onChange={(to: string) => put({ to })}
          options={[...choices]}
        />
      </Property>
      <Who field={field} transition={transition} put={put} id={id} errorAt={errorAt} />
      <Fields field={field} transition={transition} put={put} id={id} errorAt={errorAt} />
      <Guard field={field} transition={transition} put={put} id={id} errorAt={errorAt} />
      <Automatic field={field} transition={transition} put={put} id={id} errorAt={errorAt} />
      <LabelInputs id={id('message')} title={t('states.message')} value={transition.message} onChange={message => put({ message })} />
      <LabelInputs id={id('hint')} title={t('states.hint')} value={transition.hint} onChange={hint => put({ hint })} />
      <LabelInputs id={id('confirm')} title={t('states.confirm')} value={transition.confirm} onChange={confirm => put({ confirm })} />
      <Property id={id('comment')} label={t('states.comment')}>
        <Select
          id={id('comment')}
          allowClear
          style={{ width: '100%' }}
          placeholder={t('states.comment.none')}
          value={(transition.comment ?? null) as string | null}
          onChange={comment => put({ comment: comment ?? undefined })}
          options={['optional', 'required'].map(value => ({ value, label: t(`states.comment.${value}`) }))}
        />
      </Property>
      <JsonInput
        id={id('set')}
        label={t('states.set')}
        help={t('states.effectHelp')}
        value={transition.set}
        error={errorAt('set')}
        onChange={set => put({ set })}
      />
      <Button size="small" type="text" danger icon={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
        {t('states.remove')}
      </Button>
    </div>
  )
}

interface PartProps {
  field: PanelField
  transition: TransitionDefinition
  put: (change: Readonly<Record<string, unknown>>) => void
  id: (property: string) => string
  errorAt: (property: string) => string | undefined
}

/** Under which condition it can be taken, and examples of that. */
function Guard({ field, transition, put, id, errorAt }: PartProps) {
  const { t } = useTexts()
  const when = field.model?.states?.transitions.find(({ name }) => name === transition.transition)?.when
  return (
    <>
      <ConditionInput
        id={id('when')}
        title={t('states.when')}
        object={field.object}
        value={transition.when}
        onChange={next => put({ when: next })}
        error={errorAt('when')}
      />
      {transition.when === undefined && transition.examples && (
        <Button size="small" type="text" danger icon={<Trash2 size={14} aria-hidden />} onClick={() => put({ examples: undefined })}>
          {t('states.removeExamples', { count: transition.examples.length })}
        </Button>
      )}
      {when && (
        <ExamplesInput
          object={field.object}
          examples={transition.examples ?? []}
          rules={{ '': { label: t('states.when'), ruled: { rule: when, field: null } } }}
          onChange={examples => put({ examples })}
        />
      )}
    </>
  )
}

/** Whether it is taken by itself: as soon as its condition holds, or after a time in the state. */
function Automatic({ transition: { automatic }, put, id, errorAt }: PartProps) {
  const { t } = useTexts()
  const isTimed = automatic !== undefined && automatic !== true
  const kind = isTimed ? 'time' : automatic ? 'condition' : 'none'
  const choose = (next: string) => put({ automatic: next === 'time' ? 30 : next === 'condition' ? true : undefined })
  return (
    <>
      <Property id={id('automatic')} label={t('states.automatic')} error={isTimed ? undefined : errorAt('automatic')}>
        <Select
          id={id('automatic')}
          style={{ width: '100%' }}
          value={kind}
          onChange={choose}
          options={['none', 'condition', 'time'].map(value => ({ value, label: t(`states.automatic.${value}`) }))}
        />
      </Property>
      {isTimed && (
        <Property id={id('stay')} label={t('states.stay')} error={errorAt('automatic')}>
          <Input
            id={id('stay')}
            defaultValue={automatic}
            onBlur={({ target: { value } }) => put({ automatic: /^\d+$/.test(value) ? Number(value) : value.trim() || undefined })}
          />
        </Property>
      )}
    </>
  )
}

/** Who may take it: nobody named is everybody who may change the record. */
function Who({ field, transition, put, id, errorAt }: PartProps) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const object = lookup(model.objects, field.object)
  const roles = Object.values(model.roles).map(role => ({ value: role.name, label: label(role.definition.label) || role.name }))
  const people = Object.values(object?.fields ?? {})
    .filter(one => one.relation?.kind === 'member' && !one.system)
    .map(one => ({ value: one.name, label: label(one.label) || one.name }))
  return (
    <>
      <Property id={id('roles')} label={t('states.roles')} help={t('states.rolesHelp')} error={errorAt('roles')}>
        <Select
          id={id('roles')}
          mode="multiple"
          style={{ width: '100%' }}
          placeholder={t('states.everybody')}
          value={transition.roles ?? []}
          onChange={(roles: string[]) => put({ roles })}
          options={roles}
        />
      </Property>
      {object?.hasOwner && (
        <div className="property">
          <Checkbox checked={transition.owner === true} onChange={event => put({ owner: event.target.checked })}>
            {t('states.owner')}
          </Checkbox>
        </div>
      )}
      {people.length > 0 && (
        <Property id={id('user')} label={t('states.userField')} error={errorAt('userField')}>
          <Select
            id={id('user')}
            allowClear
            style={{ width: '100%' }}
            value={transition.userField ?? null}
            onChange={next => put({ userField: next ?? undefined })}
            options={people}
          />
        </Property>
      )}
    </>
  )
}

/** What it requires, and what its form asks for. */
function Fields({ field, transition, put, id, errorAt }: PartProps) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const fields = Object.values(lookup(model.objects, field.object)?.fields ?? {}).filter(
    one => (!one.system || one.name === 'owner') && one.currencyOf === null && one.sinceOf === undefined && one.name !== field.name,
  )
  const choice = (writable: boolean) =>
    fields.filter(one => !writable || one.writable).map(one => ({ value: one.name, label: label(one.label) || one.name }))
  return (['requires', 'form'] as const).map(property => (
    <Property key={property} id={id(property)} label={t(`states.${property}`)} error={errorAt(property)}>
      <Select
        id={id(property)}
        mode="multiple"
        style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        value={transition[property] ?? []}
        onChange={(names: string[]) => put({ [property]: names })}
        options={choice(property === 'form')}
      />
    </Property>
  ))
}
