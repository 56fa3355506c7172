import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { wrongAt } from './security.js'
import { useTexts } from './texts.js'

interface PasswordInputProps {
  id: string
  label: string
  help?: string | undefined
  error?: string | undefined
  isNew?: boolean
  value: string
  onChange: (value: string) => void
}

/** One password, which can be looked at while it is typed. */
export function PasswordInput({ id, label, help, error, isNew = false, value, onChange }: PasswordInputProps) {
  return (
    <Labelled className="labelled" id={id} label={label} help={help} error={error}>
      <Input.Password
        id={id}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        value={value}
        onChange={event => onChange(event.target.value)}
        size="large"
        status={error ? 'error' : ''}
        aria-invalid={error !== undefined}
        aria-describedby={error || help ? `${id}-note` : undefined}
      />
    </Labelled>
  )
}

interface PasswordFormProps {
  verb: string
  /** Whether the present password is asked for too. */
  asksCurrent: boolean
  error: Error | null
  busy: boolean
  onSubmit: (password: string, current: string) => void
}

/** A new password, and where it is asked for the present one. */
export function PasswordForm({ verb, asksCurrent, error, busy, onSubmit }: PasswordFormProps) {
  const { t } = useTexts()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && password !== '' && (!asksCurrent || current !== '')) onSubmit(password, current)
  }
  const [wrongCurrent, wrongNew] = [wrongAt(error, 'current'), wrongAt(error, 'password')]
  return (
    <form onSubmit={submit} noValidate>
      {error && !wrongCurrent && !wrongNew && <Problem title={failureText(error, t)} />}
      {asksCurrent && (
        <PasswordInput id="current" label={t('password.current')} error={wrongCurrent} value={current} onChange={setCurrent} />
      )}
      <PasswordInput
        id="password"
        label={t('password.new')}
        help={t('password.help')}
        error={wrongNew}
        isNew
        value={password}
        onChange={setPassword}
      />
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {verb}
      </Button>
    </form>
  )
}
