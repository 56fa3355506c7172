import type { OptionDefinition } from '@tessera/platform/fields/definition.js'
import type { StatesDefinition, TransitionDefinition } from '@tessera/platform/fields/states-shape.js'
import { labelOf } from '@tessera/platform/label.js'
import { Button, Checkbox, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../api/app.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { type StateChoice, TransitionRow } from './transition-row.js'
import './states-editor.css'

/** An option without what only states have. */
const asPlain = ({ editable: _editable, limit: _limit, enter: _enter, leave: _leave, ...option }: OptionDefinition): OptionDefinition =>
  option

/** The state machine of a choice: whether it has one, where records begin, and the transitions between its options. */
export function StatesEditor({ field }: { field: PanelField }) {
  const { t } = useTexts()
  const { locale } = useApp()
  const { states, options = [] } = field.definition
  const choices = options.map(({ value, label }): StateChoice => ({ value, label: labelOf(label, locale) || value }))
  const first = choices[0]?.value
  const switchOn = () => field.change({ states: { initial: first === undefined ? [] : [first], transitions: [] } })
  const switchOff = () => field.change({ states: undefined, options: options.map(asPlain) })
  return (
    <div className="property states-editor">
      <Checkbox checked={states !== undefined} onChange={event => (event.target.checked ? switchOn() : switchOff())}>
        {t('states.on')}
      </Checkbox>
      <p className="field-help">{t('states.help')}</p>
      {states && <Machine field={field} states={states} choices={choices} />}
    </div>
  )
}

interface MachineProps {
  field: PanelField
  states: StatesDefinition
  choices: readonly StateChoice[]
}

function Machine({ field, states, choices }: MachineProps) {
  const { t } = useTexts()
  const [open, setOpen] = useState<number>()
  const put = (change: Partial<StatesDefinition>) => field.change({ states: { ...states, ...change } })
  const { transitions } = states
  const change = (index: number, next: TransitionDefinition) =>
    put({ transitions: transitions.map((each, place) => (place === index ? next : each)) })
  const add = () => {
    const [from, to] = [choices[0]?.value, choices[1]?.value ?? choices[0]?.value]
    if (from === undefined || to === undefined) return
    const taken = new Set(transitions.map(each => each.transition))
    let number = transitions.length + 1
    while (taken.has(`step${number}`)) number++
    put({ transitions: [...transitions, { transition: `step${number}`, label: t('states.newLabel'), from: [from], to }] })
    setOpen(transitions.length)
  }
  return (
    <>
      <Property id="states-initial" label={t('states.initial')} error={field.errorAt('states/initial')}>
        <Select
          id="states-initial"
          mode="multiple"
          value={states.initial}
          onChange={initial => put({ initial })}
          options={[...choices]}
          style={{ width: '100%' }}
        />
      </Property>
      <span className="property-label">{t('states.transitions')}</span>
      <ul className="transition-rows">
        {transitions.map((transition, index) => (
          <TransitionRow
            key={transition.transition}
            field={field}
            transition={transition}
            at={`states/transitions/${index}`}
            choices={choices}
            isOpen={open === index}
            onOpen={() => setOpen(open === index ? undefined : index)}
            onChange={next => change(index, next)}
            onRemove={() => {
              put({ transitions: transitions.filter((_, place) => place !== index) })
              setOpen(undefined)
            }}
          />
        ))}
      </ul>
      <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={add}>
        {t('states.add')}
      </Button>
    </>
  )
}
