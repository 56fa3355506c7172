import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import type { Label } from '@tessera/platform/label.js'
import { exampledRulesOf } from '@tessera/platform/records/examples.js'
import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { IconButton } from '../ui/small.js'
import { ConditionInput } from './condition-input.js'
import { LabelInputs } from './label-inputs.js'
import { ExamplesInput } from './later-examples.js'
import type { PanelField } from './panel-field.js'
import { useTexts } from './texts.js'

/** Under which condition a field is shown, required or read-only. */
export function FieldCondition({ field, property, id }: { field: PanelField; property: keyof FieldDefinition; id: string }) {
  const { t } = useTexts()
  return (
    <ConditionInput
      id={id}
      title={t(`property.${property}`)}
      object={field.object}
      value={field.definition[property]}
      onChange={rule => field.change({ [property]: rule })}
      error={field.errorAt(property)}
    />
  )
}

/** Examples of the formula or of the rules of a field. */
export function FieldExamples({ field }: { field: PanelField }) {
  const { t } = useTexts()
  if (!field.model) return null
  const ruled = Object.entries(exampledRulesOf(field.model))
  const names = ruled.length === 1 && field.model.rule ? [''] : ruled.map(([name]) => name)
  const rules = Object.fromEntries(
    ruled.map(([name, rule], index) => [names[index] ?? name, { label: t(`property.${name}`), ruled: rule }]),
  )
  return (
    <ExamplesInput
      object={field.object}
      examples={field.definition.examples ?? []}
      rules={rules}
      onChange={examples => field.change({ examples })}
    />
  )
}

type HelpRule = NonNullable<FieldDefinition['helpWhen']>[number]

/** Texts that stand in the place of the help, each under its condition; the first that holds is shown. */
export function HelpRules({ field, id }: { field: PanelField; id: string }) {
  const { t } = useTexts()
  const rules = field.definition.helpWhen ?? []
  const put = (next: readonly HelpRule[]) => field.change({ helpWhen: next.length > 0 ? next : undefined })
  const change = (index: number, patch: Partial<HelpRule>) => put(rules.map((rule, at) => (at === index ? { ...rule, ...patch } : rule)))
  const add = () => put([...rules, { when: { '==': [{ var: 'record.isNew' }, true] }, help: t('helpWhen.new') }])
  return (
    <div className="property" role="group" aria-label={t('property.helpWhen')}>
      <span className="property-label">{t('property.helpWhen')}</span>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts have no identity of their own
        <div key={index} className="rule-box">
          <ConditionInput
            id={`${id}-${index}`}
            title={t('helpWhen.when')}
            object={field.object}
            value={rule.when}
            empty={true}
            onChange={when => change(index, { when: when ?? true })}
            error={field.errorAt(`helpWhen/${index}`)}
          />
          <LabelInputs
            id={`${id}-${index}-help`}
            title={t('property.help')}
            long
            value={rule.help}
            onChange={(help: Label | undefined) => change(index, { help: help ?? t('helpWhen.new') })}
          />
          <IconButton icon={Trash2} label={t('helpWhen.remove')} onClick={() => put(rules.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('helpWhen.add')}
      </Button>
    </div>
  )
}
