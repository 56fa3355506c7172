import { Button, Input, Select } from 'antd'
import { Ellipsis } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useApp } from '../api/app.js'
import { useBeginView } from '../api/session.js'
import { Avatar } from '../ui/avatar.js'
import { confirm } from '../ui/confirm.js'
import { Labelled } from '../ui/labelled.js'
import { Menu, type MenuEntry } from '../ui/menu.js'
import { Sheet } from '../ui/sheet.js'
import { IconButton, Problem } from '../ui/small.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { LeaveForm } from './leave-form.js'
import { useRoleOptions } from './role-options.js'
import { type Handed, type Offboarding, type Person, useDeed, wrongAt } from './security.js'
import { useTexts } from './texts.js'

const changeDocument =
  'mutation ChangeMember($id: ID!, $name: String, $roles: [String!], $active: Boolean) { changeMember(id: $id, name: $name, roles: $roles, active: $active) { id } }'
const resetDocument =
  'mutation ResetMember($id: ID!, $secondFactor: Boolean!) { resetMember(id: $id, secondFactor: $secondFactor) { mailed link } }'
const stale = ['people', 'members']

interface MemberRowProps {
  person: Person
  people: readonly Person[]
  leaving: Offboarding | undefined
  onHanded: (handed: Handed) => void
}

/** One member with what an admin can do about them. */
export function MemberRow({ person, people, leaving, onHanded }: MemberRowProps) {
  const { t } = useTexts()
  const roles = useRoleOptions()
  const [sheet, setSheet] = useState<'edit' | 'leave' | null>(null)
  const entries = useEntries(person, setSheet, onHanded)
  const named = person.roles.map(role => roles.find(({ value }) => value === role)?.label ?? role).join(', ')
  const note = person.service ? t('members.isService') : person.email
  return (
    <li>
      <Avatar name={person.name} size={28} />
      <div className={person.active ? 'account-row-text' : 'account-row-text account-off'}>
        <span className="cut">
          {person.name} {!person.active && <span className="quiet">{t('members.inactive')}</span>}
        </span>
        <span className="quiet">{[note, named].filter(part => part).join(' · ')}</span>
        {leaving && <Leaving leaving={leaving} />}
      </div>
      <Menu label={t('members.actions', { name: person.name })} groups={[{ key: 'deeds', entries }]}>
        <IconButton icon={Ellipsis} label={t('members.actions', { name: person.name })} />
      </Menu>
      <Sheet title={t('members.edit', { name: person.name })} open={sheet === 'edit'} onClose={() => setSheet(null)}>
        <EditForm person={person} onDone={() => setSheet(null)} />
      </Sheet>
      <Sheet title={t('members.leaveAsk', { name: person.name })} open={sheet === 'leave'} onClose={() => setSheet(null)}>
        <LeaveForm person={person} people={people} onDone={() => setSheet(null)} />
      </Sheet>
    </li>
  )
}

function useEntries(person: Person, open: (sheet: 'edit' | 'leave') => void, onHanded: (handed: Handed) => void): MenuEntry[] {
  const { t } = useTexts()
  const { member, model } = useApp()
  const { id, name, active, service } = person
  const failed = { onError: (error: Error) => toastFailure(failureText(error, t)) }
  const change = useDeed<object, unknown>(changeDocument, 'changeMember', stale)
  const reset = useDeed<object, Handed>(resetDocument, 'resetMember')
  const askReset = async (secondFactor: boolean) => {
    const title = t(secondFactor ? 'members.resetBothAsk' : 'members.resetAsk', { name })
    const verb = t(secondFactor ? 'members.resetBoth' : 'members.reset')
    if (await confirm({ title, body: t('members.resetBody'), verb })) reset.mutate({ id, secondFactor }, { ...failed, onSuccess: onHanded })
  }
  const view = useBeginView()
  const isAdmin = person.roles.some(role => model.roles[role]?.admin)
  const edit = { key: 'edit', label: t('members.change'), run: () => open('edit') }
  if (!active) return [edit, { key: 'back', label: t('members.letIn'), run: () => change.mutate({ id, active: true }, failed) }]
  return [
    edit,
    ...(service
      ? []
      : [
          { key: 'reset', label: t('members.reset'), run: () => void askReset(false) },
          { key: 'resetBoth', label: t('members.resetBoth'), run: () => void askReset(true) },
        ]),
    ...(id === member.id || isAdmin ? [] : [{ key: 'view', label: t('members.viewAs'), run: () => view.mutate(id, failed) }]),
    ...(id === member.id ? [] : [{ key: 'leave', label: t('members.leave'), danger: true, run: () => open('leave') }]),
  ]
}

/** How far the records of who left have moved. */
function Leaving({ leaving: { state, done, total, left, error } }: { leaving: Offboarding }) {
  const { t } = useTexts()
  const text =
    state === 'failed'
      ? t('members.moveFailed', { error: error ?? '' })
      : state === 'done'
        ? t('members.moved', { count: done })
        : t('members.moving', { done, total: total ?? '…' })
  return (
    <span className="quiet" role="status">
      {text}
      {left > 0 && ` ${t('members.stayed', { count: left })}`}
    </span>
  )
}

function EditForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTexts()
  const options = useRoleOptions()
  const [name, setName] = useState(person.name)
  const [roles, setRoles] = useState([...person.roles])
  const change = useDeed<object, unknown>(changeDocument, 'changeMember', stale)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate({ id: person.id, name, roles }, { onSuccess: onDone })
  }
  const [wrongName, wrongRoles] = [wrongAt(change.error, 'name'), wrongAt(change.error, 'roles')]
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      {change.error && !wrongName && !wrongRoles && <Problem title={failureText(change.error, t)} />}
      <div className="wide">
        <Labelled className="labelled" id="member-name" label={t('person.name')} error={wrongName}>
          <Input id="member-name" maxLength={100} value={name} onChange={event => setName(event.target.value)} />
        </Labelled>
        <Labelled className="labelled" id="member-roles" label={t('members.roles')} error={wrongRoles}>
          <Select id="member-roles" mode="multiple" options={options} optionFilterProp="label" value={roles} onChange={setRoles} />
        </Labelled>
      </div>
      <div className="wide account-buttons">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
