import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import { Problem } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { Property } from './property.js'
import { linesOf, mostRates, useSetRates } from './rates.js'
import { useTexts } from './texts.js'

/** Sets many rates at once from pasted lines, all or none; each line that cannot be read is named. */
export function RatePaste({ onDone }: { onDone: () => void }) {
  const { t } = useTexts()
  const { currency } = useApp()
  const save = useSetRates()
  const box = useRef<HTMLFormElement>(null)
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  useEffect(() => box.current?.querySelector('textarea')?.focus(), [])
  const lines = linesOf(text, currency)
  const wrong = lines.filter(line => line.problem !== null)
  const isTooMany = lines.length > mostRates
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lines.length === 0 || wrong.length > 0 || isTooMany) return
    save.mutate(
      lines.map(line => line.rate),
      {
        onSuccess: () => {
          toast(t('rates.saved', { count: lines.length }))
          onDone()
        },
      },
    )
  }
  const error = isTried
    ? lines.length === 0
      ? t('rates.pasteNothing')
      : isTooMany
        ? t('rates.pasteTooMany', { count: mostRates })
        : undefined
    : undefined
  return (
    <form ref={box} className="rates-paste" onSubmit={submit} noValidate aria-label={t('rates.paste')}>
      <Property id="rate-lines" label={t('rates.lines')} help={t('rates.linesHelp')} error={error}>
        <Input.TextArea
          id="rate-lines"
          className="num"
          rows={6}
          value={text}
          placeholder={'EUR 2026-11-02 7.8125\nUSD 2026-11-02 7.1042'}
          aria-describedby="rate-lines-note"
          onChange={event => setText(event.target.value)}
        />
      </Property>
      {isTried && wrong.length > 0 && (
        <div className="problem-list" role="alert">
          <ul className="rates-wrong">
            {wrong.map(line => (
              <li key={line.number}>
                {t('rates.line', { line: line.number, text: line.text })} {line.problem && t(line.problem, { currency, value: line.text })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {save.error && <Problem title={t('rates.notSaved')} text={failureText(save.error, t)} />}
      <div className="rates-buttons">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {lines.length > 0 ? t('rates.saveMany', { count: lines.length }) : t('rates.save')}
        </Button>
      </div>
    </form>
  )
}
