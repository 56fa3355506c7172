import { codes } from '@tessera/platform/fields/currency.js'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import { DateBounds } from '../fields/date-picker.js'
import { todayIn } from '../fields/today.js'
import { Problem } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { Property } from './property.js'
import { problemsOf, type Rate, useSetRates } from './rates.js'
import { useTexts } from './texts.js'

/** Adds a rate, or replaces the one of the same currency and day. */
export function RateForm({ chosen, onDone }: { chosen: Rate | null; onDone: () => void }) {
  const { t } = useTexts()
  const { currency, timeZone } = useApp()
  const save = useSetRates()
  const form = useRef<HTMLFormElement>(null)
  const [rate, setRate] = useState<Rate>(chosen ?? { currency: '', day: todayIn(timeZone), rate: '' })
  const [isTried, setTried] = useState(false)
  const problems = problemsOf(rate, currency)
  const wrong = (part: keyof Rate) => (isTried && problems[part] ? t(problems[part], { currency, value: rate[part] }) : undefined)
  useEffect(() => {
    if (chosen) form.current?.querySelector<HTMLInputElement>('#rate-rate')?.select()
  }, [chosen])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0) return
    save.mutate([rate], {
      onSuccess: () => {
        toast(t('rates.saved', { count: 1 }))
        setTried(false)
        setRate(before => ({ ...before, currency: '', rate: '' }))
        onDone()
      },
    })
  }
  return (
    <form className="rates-form" ref={form} onSubmit={submit} noValidate aria-label={t('rates.add')}>
      <Property id="rate-currency" label={t('rates.currency')} error={wrong('currency')}>
        <Select
          id="rate-currency"
          showSearch
          value={rate.currency || null}
          status={wrong('currency') ? 'error' : ''}
          aria-describedby="rate-currency-note"
          options={[...codes].filter(code => code !== currency).map(code => ({ value: code, label: code }))}
          onChange={code => setRate(before => ({ ...before, currency: code }))}
        />
      </Property>
      <Property id="rate-day" label={t('rates.since')} error={wrong('day')}>
        <DateBounds
          id="rate-day"
          operator="gte"
          value={rate.day}
          onChange={day => setRate(before => ({ ...before, day: typeof day === 'string' ? day : '' }))}
        />
      </Property>
      <Property id="rate-rate" label={t('rates.rateIn', { currency })} error={wrong('rate')}>
        <Input
          id="rate-rate"
          className="num"
          inputMode="decimal"
          autoComplete="off"
          value={rate.rate}
          status={wrong('rate') ? 'error' : ''}
          aria-describedby="rate-rate-note"
          onChange={event => setRate(before => ({ ...before, rate: event.target.value.trim() }))}
        />
      </Property>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('rates.save')}
      </Button>
      {save.error && <Problem title={t('rates.notSaved')} text={failureText(save.error, t)} />}
    </form>
  )
}
