import { Button, Input, QRCode } from 'antd'
import { type FormEvent, useState } from 'react'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { PasswordInput } from './password-form.js'
import { useDeed, wrongAt } from './security.js'
import { useTexts } from './texts.js'

const begin = 'mutation Begin($password: String!) { beginSecondFactor(password: $password) { secret uri } }'
const confirm = 'mutation Confirm($code: String!) { confirmSecondFactor(code: $code) }'

/** Sets a second factor up: password, QR code, first code, recovery codes. */
export function SecondFactorSetup({ onDone }: { onDone: () => void }) {
  const { t } = useTexts()
  const [password, setPassword] = useState('')
  const started = useDeed<{ password: string }, { secret: string; uri: string }>(begin, 'beginSecondFactor')
  const confirmed = useDeed<{ code: string }, string[]>(confirm, 'confirmSecondFactor')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!started.isPending) started.mutate({ password })
  }
  if (confirmed.data) return <RecoveryCodes codes={confirmed.data} onDone={onDone} />
  if (started.data)
    return <FirstCode {...started.data} error={confirmed.error} busy={confirmed.isPending} onSubmit={code => confirmed.mutate({ code })} />
  const wrong = wrongAt(started.error, 'password')
  return (
    <form onSubmit={submit} noValidate>
      <p className="account-note">{t('factor.about')}</p>
      {started.error && !wrong && <Problem title={failureText(started.error, t)} />}
      <PasswordInput id="factor-password" label={t('password.current')} error={wrong} value={password} onChange={setPassword} />
      <Button type="primary" htmlType="submit" size="large" block loading={started.isPending}>
        {t('factor.begin')}
      </Button>
    </form>
  )
}

interface FirstCodeProps {
  secret: string
  uri: string
  error: Error | null
  busy: boolean
  onSubmit: (code: string) => void
}

function FirstCode({ secret, uri, error, busy, onSubmit }: FirstCodeProps) {
  const { t } = useTexts()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && code.trim() !== '') onSubmit(code)
  }
  return (
    <form onSubmit={submit} noValidate>
      <p className="account-note">{t('factor.scan')}</p>
      <div className="account-code" aria-hidden>
        <QRCode type="svg" value={uri} bordered={false} color="#000000" bgColor="#ffffff" />
      </div>
      <p className="account-note">
        {t('factor.type')} <code className="account-secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <CodeInput value={code} onChange={setCode} error={error ? (wrongAt(error, 'code') ?? failureText(error, t)) : undefined} />
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('factor.confirm')}
      </Button>
    </form>
  )
}

/** A code of the app, or a recovery code. */
export function CodeInput({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string | undefined }) {
  const { t } = useTexts()
  return (
    <Labelled className="labelled" id="code" label={t('factor.code')} error={error}>
      <Input
        id="code"
        size="large"
        className="num"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={value}
        onChange={event => onChange(event.target.value)}
        status={error ? 'error' : ''}
        aria-invalid={error !== undefined}
        aria-describedby={error ? 'code-note' : undefined}
        autoFocus
      />
    </Labelled>
  )
}

/** Recovery codes, shown once, to be kept where the phone is not. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTexts()
  return (
    <section aria-labelledby="recovery-title">
      <h2 id="recovery-title" className="account-title">
        {t('factor.recovery')}
      </h2>
      <p className="account-note">{t('factor.recoveryHelp')}</p>
      <ul className="account-recovery">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="account-buttons">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>{t('copy')}</Button>
        <Button type="primary" onClick={onDone}>
          {t('factor.kept')}
        </Button>
      </div>
    </section>
  )
}
