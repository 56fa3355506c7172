import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { RefreshCw, Trash2 } from 'lucide-react'
import { useApp } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { inviteDocument } from './invite-form.js'
import { type Handed, type Invitation, useDeed, useInvitations } from './security.js'
import { useTexts } from './texts.js'

/** Who was invited and has not come yet; nothing where there is nobody. */
export function Invitations({ onHanded }: { onHanded: (handed: Handed) => void }) {
  const { t } = useTexts()
  const { locale, timeZone } = useApp()
  const { data } = useInvitations()
  const invite = useDeed<object, Handed>(inviteDocument, 'inviteMember', ['invitations'])
  const revoke = useDeed<{ id: string }, boolean>('mutation TakeBack($id: ID!) { revokeInvitation(id: $id) }', 'revokeInvitation', [
    'invitations',
  ])
  if (!data || data.length === 0) return null
  const again = ({ email, name, roles }: Invitation) =>
    invite.mutate({ email, name, roles }, { onSuccess: onHanded, onError: error => toastFailure(failureText(error, t)) })
  return (
    <section aria-labelledby="invitations-title">
      <h2 id="invitations-title">{t('members.invited')}</h2>
      <ul className="account-rows">
        {data.map(invitation => (
          <li key={invitation.id}>
            <div className="account-row-text">
              <span className="cut">{invitation.name}</span>
              <span className="quiet">
                {invitation.email} · {t('members.until', { at: formatDateTime(invitation.expiresAt, locale, timeZone) })}
              </span>
            </div>
            <IconButton icon={RefreshCw} label={t('members.inviteAgain', { name: invitation.name })} onClick={() => again(invitation)} />
            <IconButton
              icon={Trash2}
              label={t('members.takeBack', { name: invitation.name })}
              onClick={() => revoke.mutate({ id: invitation.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
