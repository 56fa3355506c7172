import { Button, Input } from 'antd'
import type { TFunction } from 'i18next'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/client.js'
import { useDemoMembers, useForgotPassword, useSignIn, useSignInWays } from '../api/session.js'
import { Avatar } from '../ui/avatar.js'
import { Labelled } from '../ui/labelled.js'
import { useTitle } from '../ui/page-head.js'
import { Problem } from '../ui/small.js'
import { Doorway } from './doorway.js'

const demoPassword = 'tessera-demo'

/** The first page for who is not signed in: e-mail and password, and the demo members as rows of one click. */
export default function SignInPage() {
  const { t } = useTranslation()
  useTitle(t('signIn.title'))
  const demo = useDemoMembers()
  const signIn = useSignIn()
  const ways = useSignInWays()
  const [isForgotten, setForgotten] = useState(false)
  const enter = (email: string, password: string, code = '') => signIn.mutate({ email, password, code })
  if (isForgotten) return <ForgottenPage onBack={() => setForgotten(false)} />
  return (
    <Doorway title={t('signIn.title')}>
      {location.pathname === '/sign-in/refused' && <Problem title={t('signIn.refused')} />}
      <SignInForm error={signIn.error} busy={signIn.isPending} onSubmit={enter} />
      {ways.data?.sendsMails && (
        <Button type="link" block className="door-way" onClick={() => setForgotten(true)}>
          {t('signIn.forgot')}
        </Button>
      )}
      {ways.data?.signInProvider && (
        <Button size="large" block className="door-way" href="/sign-in/oidc">
          {t('signIn.provider', { name: ways.data.signInProvider })}
        </Button>
      )}
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
  onSubmit: (email: string, password: string, code: string) => void
}

function SignInForm({ error, busy, onSubmit }: SignInFormProps) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && email.trim() !== '' && password !== '') onSubmit(email.trim(), password, code.trim())
  }
  const asked = error instanceof ApiError ? error.issues.find(({ path }) => path === 'code')?.code : undefined
  const problem = error instanceof ApiError && !asked ? problemOf(error, t) : undefined
  const wrongCode = asked === 'SECOND_FACTOR_WRONG' ? t('signIn.codeWrong') : undefined
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
      {asked && (
        <Labelled className="labelled" id="code" label={t('signIn.code')} help={t('signIn.codeNeeded')} error={wrongCode}>
          <Input
            id="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            value={code}
            onChange={event => setCode(event.target.value)}
            size="large"
            status={wrongCode ? 'error' : ''}
            aria-invalid={wrongCode !== undefined}
            aria-describedby="code-note"
            autoFocus
          />
        </Labelled>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

/** What stands below the password; after too many tries, how long to wait. */
function problemOf(error: ApiError, t: TFunction): string {
  if (error.code === 'OFFLINE') return t('error.offline')
  if (error.code !== 'RATE_LIMITED') return t('signIn.wrong')
  const [issue] = error.issues
  return issue ? [issue.message, issue.hint].filter(part => part).join(' ') : t('signIn.tooMany')
}

/** Asks for a link for a new password; what is answered is the same for everybody. */
function ForgottenPage({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const request = useForgotPassword()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!request.isPending && email.trim() !== '') request.mutate(email.trim())
  }
  return (
    <Doorway title={t('signIn.forgot')}>
      {request.isSuccess ? (
        <p role="status">{t('signIn.forgotSent')}</p>
      ) : (
        <form onSubmit={submit} noValidate>
          <Labelled
            className="labelled door-long"
            id="email"
            label={t('signIn.email')}
            help={t('signIn.forgotHelp')}
            error={request.error instanceof ApiError ? problemOf(request.error, t) : undefined}
          >
            <Input
              id="email"
              type="email"
              autoComplete="username"
              inputMode="email"
              value={email}
              onChange={event => setEmail(event.target.value)}
              size="large"
              aria-describedby="email-note"
              autoFocus
            />
          </Labelled>
          <Button type="primary" htmlType="submit" size="large" block loading={request.isPending}>
            {t('signIn.forgotSend')}
          </Button>
        </form>
      )}
      <Button type="link" block className="door-way" onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </Doorway>
  )
}
