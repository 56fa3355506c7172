import type { StatesDefinition } from '@tessera/platform/fields/states-shape.js'
import { Modal } from 'antd'
import { useRef } from 'react'
import { StateDiagram } from './state-diagram.js'
import { useTexts } from './texts.js'
import { type StateChoice, transitionId } from './transition-row.js'

interface DiagramProps {
  states: StatesDefinition
  choices: readonly StateChoice[]
  isOpen: boolean
  chosen: number | undefined
  onChoose: (index: number) => void
  onClose: () => void
}

/** The machine drawn; choosing a transition leads to its properties. */
export default function StatesDiagram({ isOpen, states, choices, chosen, onChoose, onClose }: DiagramProps) {
  const { t } = useTexts()
  const picked = useRef<string>(null)
  const choose = (index: number) => {
    picked.current = states.transitions[index]?.transition ?? null
    onChoose(index)
    onClose()
  }
  const goThere = () => {
    if (picked.current !== null) document.getElementById(transitionId(picked.current))?.focus()
    picked.current = null
  }
  return (
    <Modal
      open={isOpen}
      title={t('states.diagram')}
      footer={null}
      width={640}
      centered
      destroyOnHidden
      onCancel={onClose}
      afterClose={goThere}
    >
      <div className="state-diagram-scroll">
        <StateDiagram states={choices} initial={states.initial} transitions={states.transitions} chosen={chosen} onChoose={choose} />
      </div>
    </Modal>
  )
}
