import { Button, Select } from 'antd'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { type Move, MoveRule } from './move-rule.js'
import { type Person, useAsked, useDeed, wrongAt } from './security.js'
import { useTexts } from './texts.js'

const leaveDocument =
  'mutation Leave($member: ID!, $to: ID, $rules: [MoveRule!]) { offboardMember(member: $member, to: $to, rules: $rules) { id } }'

interface LeaveFormProps {
  person: Person
  people: readonly Person[]
  onDone: () => void
}

/** Lets somebody out: which of their records go to whom by rules, in order, and who gets the rest. */
export function LeaveForm({ person, people, onDone }: LeaveFormProps) {
  const { t } = useTexts()
  const { t: r } = useRightsTexts()
  const [to, setTo] = useState<string | null>(null)
  const [rules, setRules] = useState<readonly Move[]>([])
  const [isTried, setTried] = useState(false)
  const leave = useDeed<object, unknown>(leaveDocument, 'offboardMember', ['people', 'members', 'offboardings', 'apiKeys'])
  const heirs = people.filter(each => each.active && each.id !== person.id).map(each => ({ value: each.id, label: each.name }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (leave.isPending || rules.some(rule => rule.to === null)) return
    leave.mutate({ member: person.id, to, rules: rules.map(({ key: _, ...rule }) => rule) }, { onSuccess: onDone })
  }
  const put = (index: number, rule: Move) => setRules(before => before.map((one, at) => (at === index ? rule : one)))
  const wrongIn = (index: number) => wrongAt(leave.error, `rules/${index}`)
  const isElsewhere = leave.error && !wrongAt(leave.error, 'to', 'rules')
  return (
    <form onSubmit={submit} noValidate>
      <p className="account-note">{t('members.leaveBody')}</p>
      <Owned member={person.id} />
      {isElsewhere && <Problem title={failureText(leave.error, t)} />}
      {rules.length > 0 && <p className="field-help">{r('leave.order')}</p>}
      {rules.map((rule, index) => (
        <MoveRule
          key={rule.key}
          id={`move-${rule.key}`}
          number={index + 1}
          rule={rule}
          heirs={heirs}
          error={isTried && rule.to === null ? r('leave.chooseHeir') : wrongIn(index)}
          onChange={next => put(index, next)}
          onRemove={() => setRules(before => before.filter((_, at) => at !== index))}
          onUp={index === 0 ? undefined : () => setRules(before => swapped(before, index))}
        />
      ))}
      <Button className="leave-add" icon={<Plus size={15} aria-hidden />} onClick={() => setRules(before => [...before, newMove(before)])}>
        {r('leave.addRule')}
      </Button>
      <Labelled
        className="labelled"
        id="heir"
        label={rules.length > 0 ? r('leave.rest') : t('members.heir')}
        help={t('members.heirHelp')}
        error={wrongAt(leave.error, 'to')}
      >
        <Select
          id="heir"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={heirs}
          value={to}
          onChange={chosen => setTo(chosen ?? null)}
          style={{ width: '100%' }}
        />
      </Labelled>
      <div className="account-buttons">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" className="danger-fill" htmlType="submit" loading={leave.isPending}>
          {t('members.leave')}
        </Button>
      </div>
    </form>
  )
}

const newMove = (before: readonly Move[]): Move => ({
  key: Math.max(0, ...before.map(({ key }) => key)) + 1,
  object: '',
  field: null,
  when: null,
  to: null,
})

const swapped = (rules: readonly Move[], index: number): readonly Move[] => {
  const next = [...rules]
  const [moved] = next.splice(index, 1)
  if (moved) next.splice(index - 1, 0, moved)
  return next
}

/** What they own now, counted by the server. */
function Owned({ member }: { member: string }) {
  const { t } = useRightsTexts()
  const label = useLabel()
  const { model } = useApp()
  const { data } = useAsked<{ object: string; count: number }[]>(
    `owned ${member}`,
    `query Owned { ownedRecords(member: ${JSON.stringify(member)}) { object count } }`,
  )
  if (!data) return <p className="field-help">{t('leave.counting')}</p>
  if (data.length === 0) return <p className="field-help">{t('leave.ownsNothing')}</p>
  return (
    <p className="leave-owned">
      {t('leave.owns')}{' '}
      {data.map(({ object, count }) => (
        <span key={object} className="mark num">
          {label(model.objects[object]?.pluralLabel) || object} {count.toLocaleString('en')}
        </span>
      ))}
    </p>
  )
}
