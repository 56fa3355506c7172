import { groupOf, type OwnerRuleDefinition } from '@tessera/platform/definitions/record-access.js'
import { Button, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { useGroups } from '../api/groups.js'
import { IconButton } from '../ui/small.js'
import type { AccessPartProps } from './access-part.js'
import { useRightsTexts } from './rights-texts.js'

type Of = OwnerRuleDefinition['of']

/** Rules by which records of owners in one group are for the members of another. */
export function AccessRules({ object, access, change, errorAt }: AccessPartProps) {
  const { t } = useRightsTexts()
  const { data } = useGroups()
  const rules = access.rules ?? []
  const put = (index: number, patch: Partial<OwnerRuleDefinition>) =>
    change({ rules: rules.map((rule, at) => (at === index ? { ...rule, ...patch } : rule)) })
  const first = data?.[0]
  const some: Of | null = first ? { [first.kind]: first.name } : null
  const add = () => {
    let number = rules.length + 1
    while (rules.some(({ rule }) => rule === `rule${number}`)) number++
    if (some) change({ rules: [...rules, { rule: `rule${number}`, of: some, to: some, level: 'read' }] })
  }
  return (
    <fieldset className="property-group">
      <legend>{t('access.rules')}</legend>
      <p className="field-help">{t('access.rulesHelp')}</p>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule keeps its place while it is changed
        <div key={index} className="access-rule" role="group" aria-label={t('access.rule', { number: index + 1 })}>
          <GroupChoice label={t('access.ruleOf')} value={rule.of} onChange={of => put(index, { of })} />
          <GroupChoice label={t('access.ruleTo')} value={rule.to} onChange={to => put(index, { to })} />
          <Select
            aria-label={t('access.ruleLevel')}
            value={rule.level}
            onChange={level => put(index, { level })}
            options={(['read', 'edit'] as const).map(value => ({ value, label: t(`share.${value}`) }))}
          />
          <IconButton
            icon={Trash2}
            label={t('access.ruleRemove', { number: index + 1 })}
            onClick={() => change({ rules: rules.filter((_, at) => at !== index) })}
          />
          {errorAt(`rules/${index}`) && (
            <p className="field-error wide" role="alert">
              {errorAt(`rules/${index}`)}
            </p>
          )}
        </div>
      ))}
      {errorAt('rules') && rules.length === 0 && <p className="field-error">{errorAt('rules')}</p>}
      <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />} disabled={!some || !object.hasOwner} onClick={add}>
        {t('access.ruleAdd')}
      </Button>
      {data?.length === 0 && <p className="field-help">{t('access.noGroups')}</p>}
    </fieldset>
  )
}

function GroupChoice({ label, value, onChange }: { label: string; value: Of; onChange: (group: Of) => void }) {
  const { t } = useRightsTexts()
  const labelOf = useLabel()
  const { data } = useGroups()
  const chosen = groupOf(value)
  const options = (data ?? []).map(group => ({
    value: `${group.kind} ${group.name}`,
    label: `${t(`group.one.${group.kind}`)} · ${labelOf(group.label) || group.name}`,
  }))
  const key = `${chosen.kind} ${chosen.name}`
  const all = options.some(option => option.value === key)
    ? options
    : [...options, { value: key, label: `${t(`group.one.${chosen.kind}`)} · ${chosen.name}` }]
  const choose = (next: string) => {
    const [kind = '', name = ''] = next.split(' ')
    onChange({ [kind]: name })
  }
  return (
    <div className="access-group">
      <span className="property-label" aria-hidden>
        {label}
      </span>
      <Select aria-label={label} showSearch={{ optionFilterProp: 'label' }} value={key} onChange={choose} options={all} />
    </div>
  )
}
