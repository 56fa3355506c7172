import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { mayWrite } from '../../api/rights.js'
import { choicesOf } from '../../fields/choices.js'
import { isClosedKind, isLostKind } from '../../fields/selection.js'
import { asStates, lengthText, refusalText, stayOf } from '../../fields/states.js'
import { Path, type Step } from '../../ui/path.js'
import type { WriteCell } from '../list/cell-write.js'

interface StatusPathProps {
  object: ObjectModel
  record: RecordValues
  status: FieldModel
  write: WriteCell
}

const mostSteps = 9

/** The states of a record as a path; it ends in the outcome that the record has, else in the wished one. */
export function StatusPath({ object, record, status, write }: StatusPathProps) {
  const app = useApp()
  const label = useLabel()
  const { t } = useTranslation()
  const present = record[status.key]
  const current = typeof present === 'string' ? present : null
  const steps = useMemo(() => {
    const kinds = new Map((status.definition.options ?? []).map(option => [option.value, option.kind]))
    const choices = choicesOf(status, app, [current])
    const ends = choices.filter(choice => isClosedKind(kinds.get(choice.value)))
    const end = ends.find(choice => choice.value === current) ?? ends.find(choice => !isLostKind(kinds.get(choice.value)))
    return choices
      .filter(choice => !ends.includes(choice) || choice === end)
      .map(
        (choice): Step => ({
          value: choice.value,
          label: choice.label,
          end: choice === end ? (isLostKind(kinds.get(choice.value)) ? 'bad' : 'good') : undefined,
        }),
      )
  }, [status, app, current])
  if (steps.length < 2 || steps.length > mostSteps) return null
  const canMove = mayWrite(app, object, status.name)
  const states = asStates(status)
  const isEnd = isClosedKind(status.definition.options?.find(option => option.value === current)?.kind)
  const stay = states && !isEnd ? stayOf(states, record) : undefined
  const length = stay && stay.seconds >= 60 ? lengthText(stay.seconds, app.locale) : undefined
  return (
    <div className="record-path">
      <Path
        steps={steps}
        current={current}
        label={label(status.label)}
        currentNote={length && stay?.isLate ? t('states.lateNote', { length }) : length}
        isLate={stay?.isLate === true}
        canChoose={value => !states || refusalText(states, current, value, record, app) === undefined}
        onChoose={canMove ? value => void write(record, status, value) : undefined}
      />
    </div>
  )
}
