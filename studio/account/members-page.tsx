import { Button } from 'antd'
import { UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { Copyable } from './copyable.js'
import { Invitations } from './invitations.js'
import { InviteForm } from './invite-form.js'
import { MemberRow } from './member-row.js'
import { type Handed, type Offboarding, useOffboardings, usePeople } from './security.js'
import { useTexts } from './texts.js'
import './account.css'

/** Who belongs to the workspace: inviting, roles, letting out. */
export default function MembersPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { data, error } = usePeople()
  const leaving = useOffboardings()
  const [isInviting, setInviting] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  useTitle(t('members.title'), t('studio'), member.workspace.name)
  const handed = ({ mailed, link: shown }: Handed) => {
    setLink(shown)
    setInviting(false)
    if (mailed) toast(t('members.mailed'))
  }
  const newest = (id: string): Offboarding | undefined => leaving.data?.find(each => each.member === id)
  return (
    <>
      <PageHead title={t('members.title')} icon={Users}>
        {!isInviting && (
          <Button type="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => setInviting(true)}>
            {t('members.invite')}
          </Button>
        )}
      </PageHead>
      <div className="scroll-page">
        <div className="account-page">
          {link && <Copyable title={t('members.handOver')} text={link} onDone={() => setLink(null)} />}
          {isInviting && <InviteForm onHanded={handed} onCancel={() => setInviting(false)} />}
          <Invitations onHanded={handed} />
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={200} />}
          {data && (
            <section aria-labelledby="members-title">
              <h2 id="members-title">{t('members.count', { count: data.filter(({ active }) => active).length })}</h2>
              <ul className="account-rows">
                {data.map(person => (
                  <MemberRow key={person.id} person={person} people={data} leaving={newest(person.id)} onHanded={handed} />
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </>
  )
}
