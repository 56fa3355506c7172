import { plain } from '@tessera/platform/fields/value-text.js'
import { Input, type InputRef } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import type { FilterValueProps, InputProps } from './face.js'
import { textContext } from './face.js'
import { inputState } from './text-input.js'

interface NumberInputProps extends InputProps {
  prefix?: ReactNode
  inputMode?: 'decimal' | 'text'
  placeholder?: string
  suffix?: ReactNode
  /** How the stored value is shown for typing, and what is typed is completed to be read. */
  shown?: (value: string) => string
  completed?: (text: string) => string
  /** How the stored value is read while nobody types. */
  read?: (value: string) => string
}

const asIs = (text: string): string => text

/** Reads figures as people type them: `1.2万`, `12k`, full-width digits; what cannot be read stays as typed and is told by the check. */
export function NumberInput(props: NumberInputProps) {
  const { field, value, record, onChange, onBlur, inline, invalid, prefix, suffix, placeholder } = props
  const { inputMode = 'decimal', shown = asIs, completed = asIs, read } = props
  const app = useApp()
  const input = useRef<InputRef>(null)
  const [typed, setTyped] = useState<string>()
  const [isHere, setHere] = useState(inline === true)
  useEffect(() => {
    if (inline) input.current?.focus({ cursor: 'all' })
  }, [inline])
  const stored = value === null || value === undefined ? '' : shown(String(value))
  const isNumber = stored !== '' && Number.isFinite(Number(stored))
  const take = (text: string) => {
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
      inputMode={inputMode}
      placeholder={placeholder}
      autoComplete="off"
      prefix={prefix}
      suffix={suffix}
      status={invalid ? 'error' : ''}
      value={typed ?? (isHere || !isNumber || !read ? stored : read(stored))}
      onChange={event => take(event.target.value)}
      onFocus={() => setHere(true)}
      onBlur={() => {
        setHere(false)
        setTyped(undefined)
        onBlur?.()
      }}
    />
  )
}

/** Types a plain number; it is read with its thousands apart. */
export function PlainNumberInput(props: InputProps) {
  const app = useApp()
  const { field, record } = props
  return <NumberInput {...props} read={value => field.type.format(value, field.definition, textContext(app, field, record))} />
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
