import { Button, Checkbox, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { useRoleOptions } from './role-options.js'
import { type Handed, useDeed, wrongAt } from './security.js'
import { useTexts } from './texts.js'

/** How somebody is invited. */
export const inviteDocument =
  'mutation Invite($email: String!, $name: String!, $roles: [String!]!) { inviteMember(email: $email, name: $name, roles: $roles) { mailed link } }'
const serviceDocument = 'mutation AddService($name: String!, $roles: [String!]!) { addServiceAccount(name: $name, roles: $roles) { id } }'

/** Invites a person, or adds a service account, which has API keys instead of a password. */
export function InviteForm({ onHanded, onCancel }: { onHanded: (handed: Handed) => void; onCancel: () => void }) {
  const { t } = useTexts()
  const roleOptions = useRoleOptions()
  const [isService, setService] = useState(false)
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<string[]>([])
  const invite = useDeed<object, Handed>(inviteDocument, 'inviteMember', ['invitations'])
  const add = useDeed<object, { id: string }>(serviceDocument, 'addServiceAccount', ['people', 'members'])
  const { error, isPending } = isService ? add : invite
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isPending) return
    if (!isService) return invite.mutate({ email, name, roles }, { onSuccess: onHanded })
    add.mutate(
      { name, roles },
      {
        onSuccess: () => {
          toast(t('members.serviceAdded'))
          onCancel()
        },
      },
    )
  }
  const wrong = (key: string) => wrongAt(error, key)
  return (
    <form className="account-form" onSubmit={submit} noValidate aria-label={t('members.invite')}>
      {error && !['email', 'name', 'roles'].some(wrong) && (
        <div className="wide">
          <Problem title={failureText(error, t)} />
        </div>
      )}
      <Labelled className="labelled" id="invite-name" label={t('person.name')} error={wrong('name')}>
        <Input id="invite-name" maxLength={100} value={name} onChange={event => setName(event.target.value)} />
      </Labelled>
      {!isService && (
        <Labelled className="labelled" id="invite-email" label={t('signIn.email')} error={wrong('email')}>
          <Input
            id="invite-email"
            type="email"
            inputMode="email"
            autoComplete="off"
            value={email}
            onChange={event => setEmail(event.target.value)}
          />
        </Labelled>
      )}
      <Labelled className="labelled" id="invite-roles" label={t('members.roles')} error={wrong('roles')}>
        <Select id="invite-roles" mode="multiple" options={roleOptions} optionFilterProp="label" value={roles} onChange={setRoles} />
      </Labelled>
      <div className="wide account-switch">
        <Checkbox checked={isService} onChange={event => setService(event.target.checked)}>
          {t('members.service')}
        </Checkbox>
      </div>
      <div className="wide account-buttons">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {t(isService ? 'members.addService' : 'members.invite')}
        </Button>
      </div>
    </form>
  )
}
