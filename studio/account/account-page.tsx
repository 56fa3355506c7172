import { formatDateTime } from '@tessera/platform/fields/reading.js'
import { Button } from 'antd'
import { LogOut, UserRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useApp } from '../api/app.js'
import { confirm } from '../ui/confirm.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, IconButton, Problem, Skeleton } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { KeysSection } from './keys-section.js'
import { PasswordForm, PasswordInput } from './password-form.js'
import { CodeInput, RecoveryCodes, SecondFactorSetup } from './second-factor-setup.js'
import { deviceName, useDeed, useSecondFactor, useSessions, wrongAt } from './security.js'
import { useTexts } from './texts.js'
import './account.css'

/** What a member does about their own sign-in: password, second factor, sessions, API keys. */
export default function AccountPage() {
  const { t } = useTexts()
  const { member } = useApp()
  useTitle(t('account.title'), member.workspace.name)
  return (
    <>
      <PageHead title={t('account.title')} icon={UserRound} />
      <div className="scroll-page">
        <div className="account-page">
          <PasswordSection />
          <SecondFactorSection />
          <SessionsSection />
          <KeysSection isOwn />
        </div>
      </div>
    </>
  )
}

function PasswordSection() {
  const { t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const change = useDeed<{ current: string; password: string }, boolean>(
    'mutation Change($current: String!, $password: String!) { changePassword(current: $current, password: $password) }',
    'changePassword',
    ['sessions'],
  )
  const done = () => {
    toast(t('password.changed'))
    setOpen(false)
    change.reset()
  }
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{t('signIn.password')}</h2>
      <p className="account-note">{t('password.about')}</p>
      {isOpen ? (
        <div className="account-narrow">
          <PasswordForm
            verb={t('password.set')}
            asksCurrent
            error={change.error}
            busy={change.isPending}
            onSubmit={(password, current) => change.mutate({ current, password }, { onSuccess: done })}
          />
        </div>
      ) : (
        <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
      )}
    </section>
  )
}

function SecondFactorSection() {
  const { t } = useTexts()
  const { data, error, refetch } = useSecondFactor()
  const [step, setStep] = useState<'set' | 'renew' | 'remove' | null>(null)
  const done = () => {
    setStep(null)
    void refetch()
  }
  return (
    <section aria-labelledby="factor-title">
      <h2 id="factor-title">{t('factor.title')}</h2>
      {error && <Problem title={failureText(error, t)} />}
      {data && (
        <p className="account-note">
          {data.active ? t('factor.on', { count: data.recoveryCodesLeft }) : t(data.required ? 'factor.required' : 'factor.off')}
        </p>
      )}
      <div className="account-narrow">
        {step === 'set' && <SecondFactorSetup onDone={done} />}
        {step === 'renew' && <RenewForm onDone={done} />}
        {step === 'remove' && <RemoveForm onDone={done} />}
      </div>
      {step === null && data && (
        <div className="account-switch">
          {data.active ? (
            <>
              <Button onClick={() => setStep('renew')}>{t('factor.renew')}</Button>
              <Button onClick={() => setStep('remove')}>{t('factor.remove')}</Button>
            </>
          ) : (
            <Button onClick={() => setStep('set')}>{t('factor.begin')}</Button>
          )}
        </div>
      )}
    </section>
  )
}

function RenewForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts()
  const [password, setPassword] = useState('')
  const renew = useDeed<{ password: string }, string[]>(
    'mutation Renew($password: String!) { renewRecoveryCodes(password: $password) }',
    'renewRecoveryCodes',
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!renew.isPending) renew.mutate({ password })
  }
  if (renew.data) return <RecoveryCodes codes={renew.data} onDone={onDone} />
  return (
    <form onSubmit={submit} noValidate>
      <PasswordInput
        id="renew-password"
        label={t('password.current')}
        error={renew.error ? (wrongAt(renew.error, 'password') ?? failureText(renew.error, t)) : undefined}
        value={password}
        onChange={setPassword}
      />
      <FormButtons verb={t('factor.renew')} busy={renew.isPending} onCancel={onDone} />
    </form>
  )
}

function RemoveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const remove = useDeed<{ password: string; code: string }, boolean>(
    'mutation Remove($password: String!, $code: String!) { removeSecondFactor(password: $password, code: $code) }',
    'removeSecondFactor',
    ['sessions'],
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!remove.isPending) remove.mutate({ password, code }, { onSuccess: onDone })
  }
  const [wrongPassword, wrongCode] = [wrongAt(remove.error, 'password'), wrongAt(remove.error, 'code')]
  return (
    <form onSubmit={submit} noValidate>
      {remove.error && !wrongPassword && !wrongCode && <Problem title={failureText(remove.error, t)} />}
      <PasswordInput id="remove-password" label={t('password.current')} error={wrongPassword} value={password} onChange={setPassword} />
      <CodeInput value={code} onChange={setCode} error={wrongCode} />
      <FormButtons verb={t('factor.remove')} busy={remove.isPending} onCancel={onDone} />
    </form>
  )
}

function FormButtons({ verb, busy, onCancel }: { verb: string; busy: boolean; onCancel: () => void }) {
  const { t } = useTexts()
  return (
    <div className="account-buttons">
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <Button type="primary" htmlType="submit" loading={busy}>
        {verb}
      </Button>
    </div>
  )
}

function SessionsSection() {
  const { t } = useTexts()
  const { locale, timeZone } = useApp()
  const { data, error } = useSessions()
  const end = useDeed<{ id: string }, boolean>('mutation End($id: ID!) { revokeSession(id: $id) }', 'revokeSession', ['sessions'])
  const endOthers = useDeed<object, number>('mutation EndOthers { revokeOtherSessions }', 'revokeOtherSessions', ['sessions'])
  const askOthers = async () => {
    const question = { title: t('sessions.endOthersAsk'), body: t('sessions.endOthersBody'), verb: t('sessions.endOthers'), danger: true }
    if (await confirm(question)) endOthers.mutate({}, { onSuccess: count => toast(t('sessions.ended', { count })) })
  }
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('sessions.title')}</h2>
      {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
      {!data && !error && <Skeleton width="100%" height={104} />}
      {data && (
        <ul className="account-rows">
          {data.map(({ id, device, address, lastSeen, current, method }) => {
            const name = deviceName(device) ?? t('sessions.unknown')
            return (
              <li key={id}>
                <div className="account-row-text">
                  <span className="cut">
                    {name} {current && <strong>{t('sessions.this')}</strong>}
                  </span>
                  <span className="quiet">
                    {address} · {t('sessions.lastSeen', { at: formatDateTime(lastSeen, locale, timeZone) })}
                    {method === 'oidc' && ` · ${t('sessions.oidc')}`}
                  </span>
                </div>
                {!current && <IconButton icon={LogOut} label={t('sessions.end', { name })} onClick={() => end.mutate({ id })} />}
              </li>
            )
          })}
        </ul>
      )}
      {data && data.length > 1 && (
        <div className="account-under">
          <Button onClick={() => void askOthers()} loading={endOthers.isPending}>
            {t('sessions.endOthers')}
          </Button>
        </div>
      )}
    </section>
  )
}
