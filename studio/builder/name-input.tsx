import { Input } from 'antd'
import { useState } from 'react'
import { isKey } from '../ui/keys.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'

interface NameInputProps {
  id: string
  title: string
  value: string
  taken: readonly string[]
  help?: string | undefined
  onChange: (name: string) => void
}

const wellFormed = /^[a-z][a-zA-Z0-9]{0,39}$/

/** An API name; it is taken over when the input is left, since it is named elsewhere. */
export function NameInput({ id, title, value, taken, help, onChange }: NameInputProps) {
  const { t } = useTexts()
  const [typed, setTyped] = useState(value)
  const problem =
    typed === value ? undefined : !wellFormed.test(typed) ? t('name.malformed') : taken.includes(typed) ? t('name.taken') : undefined
  const commit = () => {
    if (problem === undefined && typed !== value) onChange(typed)
  }
  return (
    <Property id={id} label={title} help={help} error={problem}>
      <Input
        id={id}
        className="code-input"
        spellCheck={false}
        value={typed}
        aria-invalid={problem !== undefined}
        onChange={event => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (isKey(event, 'Enter')) commit()
          if (isKey(event, 'Escape')) setTyped(value)
        }}
      />
    </Property>
  )
}
