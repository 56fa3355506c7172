import type { InputRef } from 'antd'
import { Input } from 'antd'
import { type HTMLInputTypeAttribute, useEffect, useRef } from 'react'
import type { FilterValueProps, InputProps } from './face.js'

interface TextInputProps extends InputProps {
  type?: HTMLInputTypeAttribute
  inputMode?: 'email' | 'tel' | 'url' | 'text'
  autoComplete?: string
  placeholder?: string
}

/** The attributes that every input of a field has. */
export const inputState = ({ id, invalid, required, disabled, describedBy, label }: InputProps) => ({
  id,
  disabled,
  'aria-label': label,
  'aria-invalid': invalid || undefined,
  'aria-required': required || undefined,
  'aria-describedby': describedBy,
})

/** One line of text. */
export function TextInput(props: TextInputProps) {
  const { value, onChange, onBlur, inline, type = 'text', inputMode, autoComplete = 'off', placeholder, invalid } = props
  const input = useRef<InputRef>(null)
  useEffect(() => {
    if (inline) input.current?.focus({ cursor: 'all' })
  }, [inline])
  return (
    <Input
      {...inputState(props)}
      ref={input}
      type={type}
      inputMode={inputMode}
      autoComplete={autoComplete}
      placeholder={placeholder}
      value={typeof value === 'string' ? value : ''}
      status={invalid ? 'error' : ''}
      onChange={event => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  )
}

/** Several lines of text. */
export const PlainTextInput = (props: InputProps) => (
  <Input.TextArea
    {...inputState(props)}
    autoFocus={props.inline === true}
    autoSize={{ minRows: 3, maxRows: 10 }}
    value={typeof props.value === 'string' ? props.value : ''}
    status={props.invalid ? 'error' : ''}
    onChange={event => props.onChange(event.target.value === '' ? null : event.target.value)}
    onBlur={props.onBlur}
  />
)

/** The text of a condition. */
export const TextFilterValue = ({ id, value, onChange }: FilterValueProps) => (
  <Input id={id} value={typeof value === 'string' ? value : ''} onChange={event => onChange(event.target.value)} autoFocus />
)
