import { plain } from '@tessera/platform/fields/value-text.js'
import { Input, type InputRef } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import type { FilterValueProps, InputProps } from './face.js'
import { textContext } from './face.js'
import { inputState } from './text-input.js'

interface NumberInputProps extends InputProps {
  prefix?: ReactNode
  suffix?: ReactNode
  /** How the stored value is shown for typing, and what is typed is completed to be read. */
  shown?: (value: string) => string
  completed?: (text: string) => string
}

const asIs = (text: string): string => text

/** Reads figures as people type them: `1.2万`, `12k`, full-width digits; what cannot be read stays as typed and is told by the check. */
export function NumberInput(props: NumberInputProps) {
  const { field, value, record, onChange, onBlur, inline, invalid, prefix, suffix, shown = asIs, completed = asIs } = props
  const app = useApp()
  const input = useRef<InputRef>(null)
  const [typed, setTyped] = useState<string>()
  useEffect(() => {
    if (inline) input.current?.focus({ cursor: 'all' })
  }, [inline])
  const stored = value === null || value === undefined ? '' : shown(String(value))
  const read = (text: string) => {
    setTyped(text)
    if (plain(text) === '') return onChange(null)
    const parsed = field.type.fromText(completed(text), field.definition, textContext(app, field, record))
    onChange('misfit' in parsed ? text : parsed.value)
  }
  return (
    <Input
      {...inputState(props)}
      ref={input}
      className="num"
      inputMode="decimal"
      autoComplete="off"
      prefix={prefix}
      suffix={suffix}
      status={invalid ? 'error' : ''}
      value={typed ?? stored}
      onChange={event => read(event.target.value)}
      onBlur={() => {
        setTyped(undefined)
        onBlur?.()
      }}
    />
  )
}

/** One number of a condition, or two for a range. */
export function NumberFilterValue({ id, field, operator, value, onChange }: FilterValueProps) {
  if (operator !== 'between') return <NumberInput id={id} field={field} value={value} record={{}} onChange={onChange} inline />
  const [from, to] = Array.isArray(value) ? value : [null, null]
  return (
    <div className="pair">
      <NumberInput id={id} field={field} value={from} record={{}} onChange={changed => onChange([changed, to])} inline />
      <span aria-hidden>–</span>
      <NumberInput id={`${id}-to`} field={field} value={to} record={{}} onChange={changed => onChange([from, changed])} />
    </div>
  )
}
