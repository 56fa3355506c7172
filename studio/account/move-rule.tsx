import { Select } from 'antd'
import { ArrowUp, Trash2 } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { ConditionInput } from '../builder/condition-input.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { useWorkshop } from '../builder/workshop.js'
import { Labelled } from '../ui/labelled.js'
import { IconButton } from '../ui/small.js'

/** Whose some records become. */
export interface Move {
  readonly key: number
  readonly object: string
  readonly field: string | null
  readonly when: unknown
  readonly to: string | null
}

interface MoveRuleProps {
  id: string
  number: number
  rule: Move
  heirs: { value: string; label: string }[]
  error: string | undefined
  onChange: (rule: Move) => void
  onRemove: () => void
  /** Absent for the first. */
  onUp: (() => void) | undefined
}

/** One rule by which records move: of which object, which of them, to whom. */
export function MoveRule({ id, number, rule, heirs, error, onChange, onRemove, onUp }: MoveRuleProps) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { liveModel } = useWorkshop()
  const objects = Object.values(liveModel.objects).filter(object => !object.junction && (object.hasOwner || peopleOf(object).length > 0))
  const object = liveModel.objects[rule.object]
  const fields = object ? peopleOf(object) : []
  return (
    <div className="leave-rule" role="group" aria-labelledby={`${id}-title`}>
      <div className="leave-rule-head">
        <strong id={`${id}-title`} className="grow">
          {t('leave.rule', { number })}
        </strong>
        {onUp && <IconButton icon={ArrowUp} label={t('leave.up', { number })} onClick={onUp} />}
        <IconButton icon={Trash2} label={t('leave.remove', { number })} onClick={onRemove} />
      </div>
      <Labelled className="labelled" id={`${id}-object`} label={t('leave.object')}>
        <Select
          id={`${id}-object`}
          showSearch={{ optionFilterProp: 'label' }}
          value={rule.object || null}
          onChange={next => onChange({ ...rule, object: next, field: null, when: null })}
          options={objects.map(one => ({ value: one.name, label: label(one.pluralLabel) }))}
          style={{ width: '100%' }}
        />
      </Labelled>
      {object && fields.length > 1 && (
        <Labelled className="labelled" id={`${id}-field`} label={t('leave.field')}>
          <Select
            id={`${id}-field`}
            value={rule.field ?? fields[0]?.name ?? null}
            onChange={field => onChange({ ...rule, field })}
            options={fields.map(field => ({ value: field.name, label: label(field.label) }))}
            style={{ width: '100%' }}
          />
        </Labelled>
      )}
      {object && (
        <ConditionInput
          key={object.name}
          id={`${id}-when`}
          title={t('leave.when')}
          object={object.name}
          value={rule.when ?? undefined}
          isWritten={false}
          onChange={when => onChange({ ...rule, when: when ?? null })}
          help={t('leave.whenHelp')}
        />
      )}
      <Labelled className="labelled" id={`${id}-to`} label={t('leave.to')} error={error}>
        <Select
          id={`${id}-to`}
          showSearch={{ optionFilterProp: 'label' }}
          value={rule.to}
          onChange={to => onChange({ ...rule, to })}
          options={heirs}
          style={{ width: '100%' }}
        />
      </Labelled>
    </div>
  )
}

/** The fields of an object that name a member and can be changed, the owner first. */
const peopleOf = (object: ReturnType<typeof useWorkshop>['liveModel']['objects'][string]) =>
  Object.values(object.fields)
    .filter(field => field.definition.type === 'user' && field.writable)
    .sort((left, right) => Number(right.name === 'owner') - Number(left.name === 'owner'))
