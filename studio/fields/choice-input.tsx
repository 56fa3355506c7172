import { Checkbox, Select } from 'antd'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useApp } from '../api/app.js'
import { OptionTag } from '../ui/tag.js'
import { type Choice, choicesOf } from './choices.js'
import type { FilterValueProps, InputProps } from './face.js'
import { asStates, refusalText } from './states.js'

/** An option that cannot be chosen now says why. */
type StateChoice = Choice & { reason?: string }

const drawChoice = (choice: { label?: unknown; data?: unknown }) => {
  const { label, color, reason } = choice.data as StateChoice
  if (!reason) return <OptionTag label={label} color={color} />
  return (
    <span className="choice-refused">
      <OptionTag label={label} color={color} />
      <span className="choice-reason">{reason}</span>
    </span>
  )
}

const drawTag = ({ value, choices, onClose }: { value: string; choices: Choice[]; onClose: () => void }) => {
  const choice = choices.find(each => each.value === value)
  const label = choice?.label ?? value
  return (
    <button type="button" className="tag-button" onMouseDown={event => event.preventDefault()} onClick={onClose} aria-label={`${label} ×`}>
      <OptionTag label={label} color={choice?.color}>
        <X size={12} aria-hidden />
      </OptionTag>
    </button>
  )
}

/** Chooses among options, one or several; typing finds. */
export function ChoiceInput(props: InputProps & { several?: boolean }) {
  const { id, field, record, value, onChange, onBlur, inline, invalid, disabled, required, describedBy, label, several = false } = props
  const app = useApp()
  const states = asStates(field)
  // the state that the record is in, whatever is chosen meanwhile
  const [present] = useState(value)
  const choices = useMemo(() => {
    const all = choicesOf(field, app, Array.isArray(value) ? value : [value], record)
    if (!states) return all
    return all.map((choice): StateChoice => {
      const reason = refusalText(states, typeof record.id === 'string' ? present : null, choice.value, record, app)
      return reason ? { ...choice, disabled: true, reason } : choice
    })
  }, [field, app, value, states, present, record])
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
      tagRender={tag => drawTag({ value: String(tag.value), choices, onClose: tag.onClose })}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!required}
      autoFocus={inline === true}
      defaultOpen={inline === true}
      // a cell is too narrow for the reasons why a state cannot be taken
      popupMatchSelectWidth={inline && states ? 280 : true}
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
