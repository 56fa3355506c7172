import { Button, Select } from 'antd'
import { type FormEvent, Suspense, useState } from 'react'
import { useRightsTexts } from '../builder/rights-texts.js'
import { MomentInput } from '../fields/lazy-inputs.js'
import { Labelled } from '../ui/labelled.js'
import { Problem, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { useRoleOptions } from './role-options.js'
import { useDeed, usePeople, wrongAt } from './security.js'

const document =
  'mutation AssignRole($member: ID!, $role: String!, $from: DateTime, $until: DateTime) { assignRole(member: $member, role: $role, from: $from, until: $until) { id } }'

/** Gives a member a role, from a time until another. */
export function AssignmentForm({ onDone }: { onDone: () => void }) {
  const { t } = useRightsTexts()
  const people = usePeople()
  const roles = useRoleOptions()
  const [member, setMember] = useState<string | null>(null)
  const [role, setRole] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [until, setUntil] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const assign = useDeed<object, { id: string }>(document, 'assignRole', ['assignments', 'people'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (member === null || role === null || assign.isPending) return
    assign.mutate({ member, role, from, until }, { onSuccess: onDone })
  }
  const wrong = (key: string) => wrongAt(assign.error, key)
  const time = (id: 'from' | 'until', value: string | null, change: (value: string | null) => void) => (
    <Labelled
      className="labelled"
      id={`assign-${id}`}
      label={t(`assignments.${id}Label`)}
      help={t(`assignments.${id}Help`)}
      error={wrong(id)}
    >
      <Suspense fallback={<Skeleton width="100%" height={32} />}>
        <MomentInput id={`assign-${id}`} value={value} onChange={change} />
      </Suspense>
    </Labelled>
  )
  return (
    <form onSubmit={submit} noValidate>
      {assign.error && !['member', 'role', 'from', 'until'].some(wrong) && <Problem title={failureText(assign.error, t)} />}
      <Labelled
        className="labelled"
        id="assign-member"
        label={t('assignments.member')}
        error={isTried && member === null ? t('assignments.chooseMember') : wrong('member')}
      >
        <Select
          id="assign-member"
          showSearch={{ optionFilterProp: 'label' }}
          value={member}
          onChange={setMember}
          options={(people.data ?? []).filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
          style={{ width: '100%' }}
        />
      </Labelled>
      <Labelled
        className="labelled"
        id="assign-role"
        label={t('assignments.role')}
        error={isTried && role === null ? t('assignments.chooseRole') : wrong('role')}
      >
        <Select id="assign-role" value={role} onChange={setRole} options={roles} style={{ width: '100%' }} />
      </Labelled>
      {time('from', from, setFrom)}
      {time('until', until, setUntil)}
      <div className="account-buttons">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={assign.isPending}>
          {t('assignments.give')}
        </Button>
      </div>
    </form>
  )
}
