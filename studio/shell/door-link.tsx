import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { PasswordForm, PasswordInput } from '../account/password-form.js'
import { CodeInput } from '../account/second-factor-setup.js'
import { useDeed, wrongAt } from '../account/security.js'
import { useTexts } from '../account/texts.js'
import { ApiError, ask } from '../api/client.js'
import { Labelled } from '../ui/labelled.js'
import { useTitle } from '../ui/page-head.js'
import { Problem, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { Doorway } from './doorway.js'
import '../account/account.css'

/** The page that the link of an invitation or of a reset leads to; its token stands behind the `#`, where no server sees it. */
export default function LinkPage() {
  const [token] = useState(() => location.hash.slice(1))
  return location.pathname.endsWith('/reset') ? <ResetPage token={token} /> : <InvitationPage token={token} />
}

/** A full load, so that nothing of the page with the token stays. */
const toStart = () => location.replace('/')

function ResetPage({ token }: { token: string }) {
  const { t } = useTexts()
  useTitle(t('reset.title'))
  const reset = useDeed<{ token: string; password: string }, boolean>(
    'mutation Reset($token: String!, $password: String!) { resetPassword(token: $token, password: $password) }',
    'resetPassword',
  )
  return (
    <Doorway title={t('reset.title')}>
      {reset.data ? (
        <>
          <p className="account-note" role="status">
            {t('reset.done')}
          </p>
          <Button type="primary" size="large" block onClick={toStart}>
            {t('signIn.title')}
          </Button>
        </>
      ) : (
        <PasswordForm
          verb={t('password.set')}
          asksCurrent={false}
          error={reset.error}
          busy={reset.isPending}
          onSubmit={password => reset.mutate({ token, password })}
        />
      )}
    </Doorway>
  )
}

interface Invited {
  email: string
  name: string
  workspace: string
  hasAccount: boolean
}

function InvitationPage({ token }: { token: string }) {
  const { t } = useTexts()
  const found = useQuery({
    queryKey: ['invitation', token],
    queryFn: async ({ signal }) =>
      (
        await ask<{ invitation: Invited | null }>(
          '/platform',
          'query Invitation($token: String!) { invitation(token: $token) { email name workspace hasAccount } }',
          { token },
          signal,
        )
      ).invitation,
    retry: false,
  })
  const title = found.data ? t('invited.title', { workspace: found.data.workspace }) : t('invited.plain')
  useTitle(title)
  return (
    <Doorway title={title}>
      {found.isPending && <Skeleton width="100%" height={120} />}
      {found.error && <Problem title={failureText(found.error, t)} />}
      {found.data === null && (
        <>
          <Problem title={t('invited.used')} text={t('invited.usedHelp')} />
          <Button block size="large" className="account-under" onClick={toStart}>
            {t('signIn.title')}
          </Button>
        </>
      )}
      {found.data && <AcceptForm token={token} invited={found.data} />}
    </Doorway>
  )
}

function AcceptForm({ token, invited }: { token: string; invited: Invited }) {
  const { t } = useTexts()
  const client = useQueryClient()
  const [name, setName] = useState(invited.name)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const accept = useDeed<{ token: string; name: string; password: string; code: string }, unknown>(
    'mutation Accept($token: String!, $name: String, $password: String!, $code: String) { acceptInvitation(token: $token, name: $name, password: $password, code: $code) { token } }',
    'acceptInvitation',
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!accept.isPending && password !== '')
      accept.mutate(
        { token, name, password, code },
        {
          onSuccess: () => {
            client.clear()
            toStart()
          },
        },
      )
  }
  const asksCode = accept.error instanceof ApiError && accept.error.issues.some(({ path }) => path === 'code')
  const wrong = wrongAt(accept.error, 'password')
  return (
    <form onSubmit={submit} noValidate>
      <p className="account-note">{t(invited.hasAccount ? 'invited.known' : 'invited.new', { email: invited.email })}</p>
      {accept.error && !wrong && !asksCode && <Problem title={failureText(accept.error, t)} />}
      {!invited.hasAccount && (
        <Labelled className="labelled" id="name" label={t('person.name')}>
          <Input id="name" size="large" autoComplete="name" maxLength={100} value={name} onChange={event => setName(event.target.value)} />
        </Labelled>
      )}
      <PasswordInput
        id="password"
        label={t(invited.hasAccount ? 'signIn.password' : 'password.new')}
        help={invited.hasAccount ? undefined : t('password.help')}
        error={wrong}
        isNew={!invited.hasAccount}
        value={password}
        onChange={setPassword}
      />
      {asksCode && <CodeInput value={code} onChange={setCode} error={code === '' ? undefined : wrongAt(accept.error, 'code')} />}
      <Button type="primary" htmlType="submit" size="large" block loading={accept.isPending}>
        {t('invited.accept')}
      </Button>
    </form>
  )
}
