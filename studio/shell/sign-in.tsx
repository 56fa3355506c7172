import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/client.js'
import { useDemoMembers, useSignIn } from '../api/session.js'
import { Avatar } from '../ui/avatar.js'
import { Labelled } from '../ui/labelled.js'
import { useTitle } from '../ui/page-head.js'
import { Doorway } from './doorway.js'

const demoPassword = 'tessera-demo'

/** The first page for who is not signed in: e-mail and password, and the demo members as rows of one click. */
export default function SignInPage() {
  const { t } = useTranslation()
  useTitle(t('signIn.title'))
  const demo = useDemoMembers()
  const signIn = useSignIn()
  const enter = (email: string, password: string) => signIn.mutate({ email, password })
  return (
    <Doorway title={t('signIn.title')}>
      <SignInForm error={signIn.error} busy={signIn.isPending} onSubmit={enter} />
      {(demo.data?.length ?? 0) > 0 && (
        <section className="demo-members" aria-labelledby="demo-title">
          <h2 id="demo-title">{t('signIn.demo')}</h2>
          <ul>
            {demo.data?.map(member => (
              <li key={member.email}>
                <button type="button" onClick={() => enter(member.email, demoPassword)}>
                  <Avatar name={member.name} size={28} />
                  <span className="grow cut">{member.name}</span>
                  <span className="quiet cut">{member.role}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Doorway>
  )
}

interface SignInFormProps {
  error: Error | null
  busy: boolean
  onSubmit: (email: string, password: string) => void
}

function SignInForm({ error, busy, onSubmit }: SignInFormProps) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && email.trim() !== '' && password !== '') onSubmit(email.trim(), password)
  }
  const problem =
    error instanceof ApiError
      ? error.code === 'OFFLINE'
        ? t('error.offline')
        : error.code === 'RATE_LIMITED'
          ? t('signIn.tooMany')
          : t('signIn.wrong')
      : undefined
  return (
    <form onSubmit={submit} noValidate>
      <Labelled className="labelled" id="email" label={t('signIn.email')}>
        <Input
          id="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={event => setEmail(event.target.value)}
          size="large"
          autoFocus
        />
      </Labelled>
      <Labelled className="labelled" id="password" label={t('signIn.password')} error={problem}>
        <Input.Password
          id="password"
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.target.value)}
          size="large"
          status={problem ? 'error' : ''}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? 'password-note' : undefined}
        />
      </Labelled>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}
