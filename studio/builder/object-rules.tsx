import { type ValidationDefinition, validationEvents } from '@tessera/platform/definitions/object.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Select } from 'antd'
import { ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import { EmptyState } from '../ui/small.js'
import { ConditionInput } from './condition-input.js'
import { changeObject } from './edit-object.js'
import { LabelInputs } from './label-inputs.js'
import { ExamplesInput } from './later-examples.js'
import { NameInput } from './name-input.js'
import { Property } from './property.js'
import { RuleBreaksList } from './rule-breaks-list.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

type Rules = readonly ValidationDefinition[]

/** The validation rules of an object: what every record must meet, and what is said when it does not. */
export function ObjectRules({ name }: { name: string }) {
  const { t } = useTexts()
  const { elements, edit, issues } = useWorkshop()
  const [open, setOpen] = useState<number | null>(null)
  const definition = objectDefinition(elements, name)
  if (!definition) return null
  const rules: Rules = definition.rules ?? []
  const put = (next: Rules, what: string) =>
    edit(`objects/${name} rules ${what}`, `objects/${name}`, now => changeObject(now, name, { rules: next.length > 0 ? next : undefined }))
  const add = () => {
    put([...rules, newRule(rules, definition.title ?? 'id', t('rules.newMessage'))], `add ${rules.length}`)
    setOpen(rules.length)
  }
  const errorAt = (index: number) => (property: string) =>
    issues.find(({ path }) => `${path}/`.startsWith(`objects/${name}/rules/${index}/${property}/`))?.message
  return (
    <div className="scroll-page">
      <div className="object-rules">
        {rules.length === 0 && <EmptyState title={t('rules.none')} text={t('rules.noneHint')} />}
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule keeps its place while its name is typed
          <section key={index} className="rule-box" aria-label={rule.rule}>
            <RuleHead rule={rule} isOpen={open === index} onToggle={() => setOpen(before => (before === index ? null : index))} />
            {open === index && (
              <RuleEditor
                id={`rule-${index}`}
                rule={rule}
                object={name}
                taken={rules.filter(each => each !== rule).map(each => each.rule)}
                errorAt={errorAt(index)}
                onChange={patch =>
                  put(
                    rules.map((each, at) => (at === index ? cleaned({ ...each, ...patch }) : each)),
                    `${index} ${Object.keys(patch).join()}`,
                  )
                }
                onRemove={() => {
                  put(
                    rules.filter((_, at) => at !== index),
                    `remove ${index}`,
                  )
                  setOpen(null)
                }}
              />
            )}
          </section>
        ))}
        <Button icon={<Plus size={15} aria-hidden />} onClick={add}>
          {t('rules.add')}
        </Button>
        <RuleBreaksList name={name} />
      </div>
    </div>
  )
}

function newRule(rules: Rules, title: string, message: string): ValidationDefinition {
  const taken = new Set(rules.map(({ rule }) => rule))
  let number = rules.length + 1
  while (taken.has(`rule${number}`)) number++
  return { rule: `rule${number}`, message, must: { '!': [{ isEmpty: [{ var: title }] }] } }
}

const cleaned = (rule: Readonly<Record<string, unknown>>): ValidationDefinition =>
  Object.fromEntries(
    Object.entries(rule).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as unknown as ValidationDefinition

function RuleHead({ rule, isOpen, onToggle }: { rule: ValidationDefinition; isOpen: boolean; onToggle: () => void }) {
  const { t } = useTexts()
  const label = useLabel()
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <button type="button" className="rule-head" aria-expanded={isOpen} onClick={onToggle}>
      <Icon size={15} aria-hidden />
      <span className="cut">{label(rule.message)}</span>
      <code className="quiet">{rule.rule}</code>
      <span className="quiet">{t(`rules.severity.${rule.severity ?? 'error'}`)}</span>
    </button>
  )
}

interface RuleEditorProps {
  id: string
  rule: ValidationDefinition
  object: string
  taken: readonly string[]
  errorAt: (property: string) => string | undefined
  onChange: (patch: Partial<Record<keyof ValidationDefinition, unknown>>) => void
  onRemove: () => void
}

function RuleEditor({ id, rule, object, taken, errorAt, onChange, onRemove }: RuleEditorProps) {
  const { t } = useTexts()
  return (
    <div className="rule-body">
      <ConditionInput
        id={`${id}-must`}
        title={t('rules.must')}
        object={object}
        value={rule.must}
        empty={true}
        onChange={must => onChange({ must: must ?? true })}
        help={t('rules.mustHelp')}
        error={errorAt('must')}
      />
      <RuleExamples rule={rule} object={object} onChange={examples => onChange({ examples })} />
      <LabelInputs
        id={`${id}-message`}
        title={t('rules.message')}
        long
        value={rule.message}
        onChange={(message: Label | undefined) => onChange({ message: message ?? t('rules.newMessage') })}
        help={t('rules.messageHelp')}
        error={errorAt('message')}
      />
      <LabelInputs id={`${id}-hint`} title={t('rules.hint')} long value={rule.hint} onChange={hint => onChange({ hint })} />
      <RuleChoices id={id} rule={rule} object={object} errorAt={errorAt} onChange={onChange} />
      <NameInput
        key={rule.rule}
        id={`${id}-name`}
        title={t('apiName')}
        value={rule.rule}
        taken={taken}
        onChange={next => onChange({ rule: next })}
      />
      <Button danger type="text" icon={<Trash2 size={15} aria-hidden />} onClick={onRemove}>
        {t('rules.remove')}
      </Button>
    </div>
  )
}

function RuleExamples({ rule, object, onChange }: Pick<RuleEditorProps, 'rule' | 'object'> & { onChange: (next: unknown) => void }) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const checked = lookup(model.objects, object)?.rules.find(({ name }) => name === rule.rule)
  if (!checked) return null
  const rules = { '': { label: t('rules.must'), ruled: { rule: checked.must, field: null } } }
  return <ExamplesInput object={object} examples={rule.examples ?? []} rules={rules} onChange={onChange} />
}

/** Where a rule is told, how heavy it weighs, when it is asked, what is locked for it. */
function RuleChoices({ id, rule, object, errorAt, onChange }: Omit<RuleEditorProps, 'taken' | 'onRemove'>) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const of = lookup(model.objects, object)
  const fields = of ? seenFields(of) : []
  const choice = (names: readonly { name: string; label: Label }[]) => names.map(each => ({ value: each.name, label: label(each.label) }))
  const several = (property: 'at' | 'on' | 'lock', options: { value: string; label: string }[], help?: string) => (
    <Property id={`${id}-${property}`} label={t(`rules.${property}`)} error={errorAt(property)} help={help}>
      <Select
        id={`${id}-${property}`}
        mode="multiple"
        style={{ width: '100%' }}
        value={[...(rule[property] ?? (property === 'on' ? ['create', 'update'] : []))]}
        onChange={next => onChange({ [property]: next })}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
      />
    </Property>
  )
  return (
    <>
      {several('at', choice(fields), t('rules.atHelp'))}
      <Property id={`${id}-severity`} label={t('rules.severity')} help={t('rules.severityHelp')}>
        <Select
          id={`${id}-severity`}
          style={{ width: '100%' }}
          value={rule.severity ?? 'error'}
          onChange={severity => onChange({ severity: severity === 'warning' ? severity : undefined })}
          options={(['error', 'warning'] as const).map(value => ({ value, label: t(`rules.severity.${value}`) }))}
        />
      </Property>
      {several(
        'on',
        validationEvents.map(value => ({ value, label: t(`rules.on.${value}`) })),
      )}
      {several(
        'lock',
        [{ value: 'id', label: t('rules.lock.id') }, ...choice(fields.filter(field => typeof field.relation?.to === 'string'))],
        t('rules.lockHelp'),
      )}
    </>
  )
}
