import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { Input } from 'antd'
import { useState } from 'react'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'

/** A rule as JSON, taken over as soon as it can be read, nothing when it is emptied; whether it fits the fields is checked with everything else. */
export function RuleInput({ field, property, id }: { field: PanelField; property: keyof FieldDefinition; id: string }) {
  const { t } = useTexts()
  const stored = field.definition[property]
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? undefined : parse(typed)
  const change = (text: string) => {
    setTyped(text)
    const next = parse(text)
    if (next) field.change({ [property]: next.value })
  }
  return (
    <Property
      id={id}
      label={t(`property.${property}`)}
      help={t('rule.help')}
      error={typed !== null && !parsed ? t('json.unreadable') : field.errorAt(property)}
    >
      <Input.TextArea
        id={id}
        className="code-input"
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={typed ?? (stored === undefined ? '' : JSON.stringify(stored, null, 1))}
        onChange={event => change(event.target.value)}
        onBlur={() => parsed && setTyped(null)}
      />
    </Property>
  )
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
