import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useApp } from '../api/app.js'
import { type InputProps, textContext } from './face.js'
import { inputState } from './text-input.js'

interface TypedInputProps extends InputProps {
  /** How the stored value is written for typing. */
  written: (value: unknown) => string
  placeholder?: string
  several?: boolean
  suffix?: ReactNode
}

/** A value that is typed as a text of its own form; what cannot be read stays as typed and is told by the check. */
export function TypedInput(props: TypedInputProps) {
  const { field, value, record, onChange, onBlur, inline, invalid, written, placeholder, several = false, suffix } = props
  const app = useApp()
  const [typed, setTyped] = useState<string>()
  const stored = value === null || value === undefined ? '' : typeof value === 'string' ? value : written(value)
  const take = (text: string) => {
    setTyped(text)
    if (text.trim() === '') return onChange(null)
    const parsed = field.type.fromText(text, field.definition, textContext(app, field, record))
    onChange('misfit' in parsed ? text : parsed.value)
  }
  const shared = {
    ...inputState(props),
    autoFocus: inline === true,
    placeholder,
    status: invalid ? ('error' as const) : ('' as const),
    value: typed ?? stored,
    onBlur: () => {
      setTyped(undefined)
      onBlur?.()
    },
  }
  if (several)
    return (
      <Input.TextArea
        {...shared}
        className="code"
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 16 }}
        onChange={event => take(event.target.value)}
      />
    )
  return <Input {...shared} autoComplete="off" suffix={suffix} onChange={event => take(event.target.value)} />
}
