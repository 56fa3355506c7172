import type { Parts } from '@tessera/platform/fields/parts.js'
import { Input } from 'antd'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isKey } from '../ui/keys.js'
import type { InputProps } from './face.js'
import { inputState } from './text-input.js'

interface PartsInputProps extends InputProps {
  /** The parts in the order in which the reader expects them; those that are wide stand alone in their line. */
  names: readonly string[]
  wide?: readonly string[]
  /** What browsers know each part as. */
  autoComplete?: Readonly<Record<string, string>>
}

/** A value made of parts: an input for each, the focus moves among them before it leaves. */
export function PartsInput(props: PartsInputProps) {
  const { id, field, value, onChange, onBlur, inline, invalid, names, wide = [], autoComplete = {} } = props
  const { t } = useTranslation()
  const group = useRef<HTMLDivElement>(null)
  const parts = (typeof value === 'object' && value !== null ? value : {}) as Parts
  useEffect(() => {
    if (inline) group.current?.querySelector('input')?.focus()
  }, [inline])
  const inputId = (index: number, name: string) => (index === 0 ? id : `${id}-${name}`)
  const change = (name: string, text: string) => {
    const all = Object.keys(field.class.parts ?? {}).map(part => [part, (part === name ? text : parts[part]) || null] as const)
    onChange(all.every(([, part]) => part === null) ? null : Object.fromEntries(all))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const inputs = [...(group.current?.querySelectorAll('input') ?? [])]
    const isLast = event.target === (event.shiftKey ? inputs[0] : inputs.at(-1))
    if (isKey(event, 'Tab') && !isLast) event.stopPropagation()
  }
  const left = (event: FocusEvent) => {
    if (!group.current?.contains(event.relatedTarget)) onBlur?.()
  }
  return (
    <div ref={group} role="group" className="parts-input" aria-label={props.label} onKeyDown={onKeyDown} onBlur={left}>
      {names.map((name, index) => (
        <div key={name} className={wide.includes(name) ? 'part wide' : 'part'}>
          <label className="part-name" htmlFor={inputId(index, name)}>
            {t(`part.${name}`)}
          </label>
          <Input
            {...inputState({ ...props, id: inputId(index, name), label: undefined })}
            autoComplete={autoComplete[name] ?? 'off'}
            maxLength={200}
            value={parts[name] ?? ''}
            status={invalid ? 'error' : ''}
            onChange={event => change(name, event.target.value)}
          />
        </div>
      ))}
    </div>
  )
}
