import { Checkbox, Select } from 'antd'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { OptionTag } from '../ui/tag.js'
import { type Choice, choicesOf } from './choices.js'
import type { FilterValueProps, InputProps } from './face.js'

const drawChoice = (choice: { label?: unknown; data?: unknown }) => {
  const { label, color } = choice.data as Choice
  return <OptionTag label={label} color={color} />
}

const drawTag = ({ label, value, choices, onClose }: { label: unknown; value: string; choices: Choice[]; onClose: () => void }) => (
  <button
    type="button"
    className="tag-button"
    onMouseDown={event => event.preventDefault()}
    onClick={onClose}
    aria-label={`${String(label)} ×`}
  >
    <OptionTag label={String(label)} color={choices.find(choice => choice.value === value)?.color} />
  </button>
)

/** Chooses among options, one or several; typing finds. */
export function ChoiceInput(props: InputProps & { several?: boolean }) {
  const { id, field, value, record, onChange, onBlur, inline, invalid, disabled, required, describedBy, label, several = false } = props
  const app = useApp()
  const choices = useMemo(() => choicesOf(field, app, Array.isArray(value) ? value : [value], record), [field, app, value, record])
  return (
    <Select
      id={id}
      style={{ width: '100%' }}
      {...(several ? { mode: 'multiple' as const } : {})}
      value={several ? (Array.isArray(value) ? value : []) : typeof value === 'string' ? value : null}
      options={choices}
      optionRender={drawChoice}
      labelRender={chosen => (
        <OptionTag label={String(chosen.label ?? chosen.value)} color={choices.find(choice => choice.value === chosen.value)?.color} />
      )}
      tagRender={tag => drawTag({ label: tag.label, value: String(tag.value), choices, onClose: tag.onClose })}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!required}
      autoFocus={inline === true}
      defaultOpen={inline === true}
      disabled={disabled === true}
      status={invalid ? 'error' : ''}
      aria-label={label}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={changed => onChange(Array.isArray(changed) ? (changed.length > 0 ? changed : null) : (changed ?? null))}
      onBlur={onBlur}
    />
  )
}

/** The options of a condition as a list to tick. */
export function ChoiceFilterValue({ field, value, onChange }: FilterValueProps) {
  const app = useApp()
  const chosen = Array.isArray(value) ? (value as string[]) : []
  return (
    <Checkbox.Group value={chosen} onChange={changed => onChange(changed)} className="filter-choices">
      {choicesOf(field, app, chosen).map(choice => (
        <Checkbox key={choice.value} value={choice.value}>
          <OptionTag label={choice.label} color={choice.color} />
        </Checkbox>
      ))}
    </Checkbox.Group>
  )
}
