import { Input } from 'antd'
import { useState } from 'react'
import { Property } from './property.js'
import { useTexts } from './texts.js'

interface JsonInputProps {
  id: string
  label: string
  help: string
  value: unknown
  error: string | undefined
  /** The value that was typed; undefined when it was emptied. */
  onChange: (value: unknown) => void
}

/** A part of a definition as JSON, taken over as soon as it can be read; whether it fits is checked with everything else. */
export function JsonInput({ id, label, help, value, error, onChange }: JsonInputProps) {
  const { t } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const change = (text: string) => {
    setTyped(text)
    const next = parsed(text)
    if (text.trim() === '' || next !== undefined) onChange(next)
  }
  const isUnreadable = typed !== null && typed.trim() !== '' && parsed(typed) === undefined
  return (
    <Property id={id} label={label} help={help} error={isUnreadable ? t('json.unreadable') : error}>
      <Input.TextArea
        id={id}
        className="code-input"
        spellCheck={false}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 1))}
        onChange={event => change(event.target.value)}
        onBlur={() => !isUnreadable && setTyped(null)}
      />
    </Property>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
