import { lookup } from '@tessera/platform/registry.js'
import { Input } from 'antd'
import { Braces, Rows3 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../ui/small.js'
import { ConditionRows } from './condition-part.js'
import { type Conditions, readRows, ruleOfRows } from './condition-rows.js'
import { isShowable } from './condition-scope.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

interface ConditionInputProps {
  id: string
  title: string
  /** The object over whose records the condition is. */
  object: string
  value: unknown
  onChange: (rule: unknown) => void
  /** What stands for no condition, where there must be one. */
  empty?: unknown
  /** Whether it is asked while the record is written, so that it can be new or changed; else of records as they stand. */
  isWritten?: boolean
  /** The object of the record that is edited, where the condition is over records that it may point at. */
  edited?: string | undefined
  help?: string | undefined
  error?: string | undefined
}

/** A condition as rows of which all or any must hold, or as JSON where rows cannot say it. */
export function ConditionInput({ id, title, object, value, onChange, empty, isWritten = true, edited, help, error }: ConditionInputProps) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const [draft, setDraft] = useState<{ readonly rule: string; readonly conditions: Conditions } | null>(null)
  const [asJson, setAsJson] = useState(false)
  const written = JSON.stringify(value) ?? ''
  const of = lookup(model.objects, object)
  if (!of) return null
  const scope = { object: of, model, isWritten, edited: lookup(model.objects, edited ?? '') }
  const read = draft?.rule === written ? draft.conditions : readRows(value === empty ? undefined : value)
  const rows = read && isShowable(read, scope) ? read : null
  const change = (conditions: Conditions) => {
    const rule = ruleOfRows(conditions) ?? empty
    setDraft({ rule: JSON.stringify(rule) ?? '', conditions })
    onChange(rule)
  }
  const isJson = asJson || rows === null
  return (
    <div className="property condition" role="group" aria-labelledby={`${id}-title`}>
      <div className="condition-title">
        <span id={`${id}-title`} className="property-label grow">
          {title}
        </span>
        {value !== undefined && rows !== null && (
          <IconButton
            icon={isJson ? Rows3 : Braces}
            label={t(isJson ? 'condition.asRows' : 'condition.asJson')}
            onClick={() => setAsJson(before => !before)}
          />
        )}
      </div>
      {isJson ? (
        <JsonRule id={id} title={title} value={value} onChange={onChange} />
      ) : (
        <ConditionRows id={id} conditions={rows} scope={scope} onChange={change} />
      )}
      {help && <p className="field-help">{help}</p>}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface JsonRuleProps {
  id: string
  title: string
  value: unknown
  onChange: (rule: unknown) => void
}

/** A rule as JSON, taken over as soon as it can be read; whether it fits the fields is checked with everything else. */
function JsonRule({ id, title, value, onChange }: JsonRuleProps) {
  const { t } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && parsed(typed) === undefined
  const change = (text: string) => {
    setTyped(text)
    const rule = text.trim() === '' ? undefined : parsed(text)
    if (rule !== undefined || text.trim() === '') onChange(rule)
  }
  return (
    <>
      <Input.TextArea
        id={id}
        className="code-input"
        aria-label={title}
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 1))}
        onChange={event => change(event.target.value)}
        onBlur={() => !isUnreadable && setTyped(null)}
      />
      {isUnreadable && (
        <p className="field-error" role="alert">
          {t('json.unreadable')}
        </p>
      )}
    </>
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
