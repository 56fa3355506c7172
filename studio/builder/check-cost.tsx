import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { type IndexProposal, indexProposals } from '@tessera/platform/tables/index-proposals.js'
import { Button } from 'antd'
import { Clock, Gauge, Hourglass, Lock } from 'lucide-react'
import { useMemo } from 'react'
import { useLabel } from '../api/app.js'
import type { StepCost } from './consequences.js'
import { changeObject } from './edit-object.js'
import { IndexFields, Reasons } from './object-indexes.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** How long it will take and whom it makes wait, as far as that can be reckoned. */
export function Costs({ costs }: { costs: readonly StepCost[] }) {
  const { t } = useTexts()
  const label = useLabel()
  const time = useTime()
  const behind = costs.filter(({ isBehind }) => isBehind)
  const locked = new Set(costs.filter(({ waits }) => waits === 'moment').map(({ table }) => table)).size
  const long = behind.filter(({ seconds }) => seconds >= 1)
  return (
    <ul>
      <li>
        <Clock size={15} aria-hidden /> {t('check.cost.live', { time: time(secondsOf(costs.filter(({ isBehind }) => !isBehind))) })}
      </li>
      {behind.length > 0 && (
        <li>
          <Hourglass size={15} aria-hidden /> {t('check.cost.behind', { time: time(secondsOf(behind)), count: behind.length })}
        </li>
      )}
      {long.map(cost => (
        <li key={`${cost.do} ${cost.table} ${cost.name}`} className="check-cost-step">
          {t(`check.cost.${cost.do}`, { object: label(cost.title), name: cost.name ?? '', time: time(cost.seconds) })}{' '}
          <span className="quiet num">{t('check.cost.rows', { count: cost.rows })}</span>
        </li>
      ))}
      <li>
        <Lock size={15} aria-hidden /> {locked > 0 ? t('check.cost.locks', { count: locked }) : t('check.cost.noLocks')}
      </li>
    </ul>
  )
}

const secondsOf = (costs: readonly StepCost[]): number => costs.reduce((sum, { seconds }) => sum + seconds, 0)

/** A length of time as one would say it. */
function useTime(): (seconds: number) => string {
  const { t } = useTexts()
  return seconds => {
    if (seconds < 1) return t('check.time.moment')
    const isLong = seconds >= 90
    const rough = isLong ? Math.round(seconds / 60) : seconds < 10 ? Math.ceil(seconds) : Math.round(seconds / 5) * 5
    return t(isLong ? 'check.time.minutes' : 'check.time.seconds', { count: rough })
  }
}

const keyOf = ({ object, definition: { fields, where } }: IndexProposal): string => `${object} ${JSON.stringify([fields, where])}`

/** What new filters, orders and records of roles would be found faster by: each is added to the draft with one click. */
export function NewIndexes() {
  const { t } = useTexts()
  const label = useLabel()
  const { model, liveModel, elements, edit } = useWorkshop()
  const proposals = useMemo(() => {
    const known = new Set(indexProposals(liveModel).map(keyOf))
    return indexProposals(model).filter(proposal => !known.has(keyOf(proposal)))
  }, [model, liveModel])
  if (proposals.length === 0) return null
  const add = ({ object, definition }: IndexProposal) => {
    const own = objectDefinition(elements, object)?.indexes ?? []
    edit(`objects/${object} indexes`, `objects/${object}`, all => changeObject(all, object, { indexes: [...own, definition] }))
  }
  return (
    <>
      <h3>{t('check.indexes')}</h3>
      <ul className="check-indexes">
        {proposals.map(proposal => (
          <li key={keyOf(proposal)}>
            <Gauge size={15} aria-hidden />
            <span>
              {label(model.objects[proposal.object]?.label)}: <IndexFields name={proposal.object} index={proposal.definition} />
              <Reasons name={proposal.object} reasons={proposal.reasons} />
              <Button size="small" onClick={() => add(proposal)}>
                {t('check.indexes.add')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
