import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/client.js'
import { type FirstAdminInput, useFirstAdmin } from '../api/session.js'
import { Labelled } from '../ui/labelled.js'
import { useTitle } from '../ui/page-head.js'
import { preferences } from '../ui/preferences.js'
import { Problem } from '../ui/small.js'
import { Doorway } from './doorway.js'

const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY', 'SGD']

function emptyInput(): FirstAdminInput {
  const locale = preferences().language
  return {
    code: '',
    adminName: '',
    email: '',
    password: '',
    name: '',
    locale,
    currency: locale === 'zh-CN' ? 'CNY' : 'USD',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

const requiredKeys = ['code', 'name', 'adminName', 'email', 'password'] as const

/** The first page of an empty installation: the one-time code, who the admin is, and the workspace's basics. */
export default function FirstAdminPage() {
  const { t } = useTranslation()
  useTitle(t('first.title'))
  const [input, setInput] = useState(emptyInput)
  const [isTried, setTried] = useState(false)
  const create = useFirstAdmin()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (requiredKeys.every(key => input[key].trim() !== '') && !create.isPending) create.mutate(input)
  }
  const set = (key: keyof FirstAdminInput) => (value: string) => setInput(before => ({ ...before, [key]: value }))
  const errorOf = (key: keyof FirstAdminInput) =>
    fieldError(create.error, key) ?? (isTried && input[key].trim() === '' ? t('form.required') : undefined)
  return (
    <Doorway title={t('first.title')}>
      <form onSubmit={submit} noValidate>
        {create.error && !(create.error instanceof ApiError && create.error.issues.length > 0) && (
          <Problem title={create.error.message || t('error.offline')} />
        )}
        {requiredKeys.map(key => (
          <TextLine key={key} name={key} value={input[key]} onChange={set(key)} error={errorOf(key)} />
        ))}
        <Labelled className="labelled" id="currency" label={t('first.currency')}>
          <Select
            id="currency"
            value={input.currency}
            onChange={set('currency')}
            options={currencies.map(value => ({ value, label: value }))}
            style={{ width: '100%' }}
            size="large"
            showSearch
          />
        </Labelled>
        <Labelled className="labelled" id="timeZone" label={t('first.timeZone')}>
          <Select
            id="timeZone"
            value={input.timeZone}
            onChange={set('timeZone')}
            options={Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))}
            style={{ width: '100%' }}
            size="large"
            showSearch
          />
        </Labelled>
        <Button type="primary" htmlType="submit" size="large" block loading={create.isPending}>
          {t('first.submit')}
        </Button>
      </form>
    </Doorway>
  )
}

function fieldError(error: Error | null, key: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const issue = error.issues.find(each => each.path.endsWith(key))
  return issue && [issue.message, issue.hint].filter(part => part).join(' ')
}

interface TextLineProps {
  name: (typeof requiredKeys)[number]
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}

function TextLine({ name, value, onChange, error }: TextLineProps) {
  const { t } = useTranslation()
  const TextInput = name === 'password' ? Input.Password : Input
  const complete = { code: 'one-time-code', name: 'organization', adminName: 'name', email: 'email', password: 'new-password' }[name]
  return (
    <Labelled
      className="labelled"
      id={name}
      label={t(`first.${name}`)}
      help={name === 'code' ? t('first.codeHelp') : undefined}
      error={error}
    >
      <TextInput
        id={name}
        size="large"
        value={value}
        autoComplete={complete}
        onChange={event => onChange(event.target.value)}
        status={error ? 'error' : ''}
        aria-required
        aria-invalid={error !== undefined}
        aria-describedby={error || name === 'code' ? `${name}-note` : undefined}
      />
    </Labelled>
  )
}
