import { AlarmClock, Check } from 'lucide-react'
import { useEffect, useRef } from 'react'

export interface Step {
  value: string
  label: string
  /** An end of the path: reached as wished, or not. */
  end?: 'good' | 'bad' | undefined
}

interface PathProps {
  steps: readonly Step[]
  current: string | null
  label: string
  currentNote?: string | undefined
  /** Whether the note is a warning. */
  isLate?: boolean
  onChoose?: ((value: string) => void) | undefined
  /** Which steps can be chosen; all without it. */
  canChoose?: (value: string) => boolean
}

function stateOf(index: number, at: number, step: Step): string {
  if (index === at) return step.end ?? 'current'
  return index < at ? 'done' : 'ahead'
}

/** The way of a record through its states; ends in the outcome it has. */
export function Path({ steps, current, label, currentNote, isLate = false, onChoose, canChoose }: PathProps) {
  const here = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const step = here.current
    if (step?.parentElement) step.parentElement.scrollLeft = step.offsetLeft - 40
  }, [current])
  const at = steps.findIndex(step => step.value === current)
  return (
    <ol className="path" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.value} ref={index === at ? here : undefined} aria-current={index === at ? 'step' : undefined}>
          <PathStep
            step={step}
            state={stateOf(index, at, step)}
            note={index === at ? currentNote : undefined}
            isLate={isLate}
            onChoose={index === at || canChoose?.(step.value) === false ? undefined : onChoose}
          />
        </li>
      ))}
    </ol>
  )
}

interface PathStepProps {
  step: Step
  state: string
  note?: string | undefined
  isLate: boolean
  onChoose?: ((value: string) => void) | undefined
}

function PathStep({ step, state, note, isLate, onChoose }: PathStepProps) {
  const content = (
    <>
      {state === 'done' && <Check size={14} aria-hidden />}
      {step.label}
      {note && (
        <span className="step-note">
          {isLate && <AlarmClock size={13} aria-hidden />}
          {note}
        </span>
      )}
    </>
  )
  if (!onChoose) return <span className={`step ${state}`}>{content}</span>
  return (
    <button type="button" className={state} onClick={() => onChoose(step.value)}>
      {content}
    </button>
  )
}
