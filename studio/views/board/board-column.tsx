import { useDroppable } from '@dnd-kit/core'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Ban, ChevronsLeftRight, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import { useRecordPages } from '../../api/records.js'
import { may } from '../../api/rights.js'
import { createBeside } from '../../fields/create-beside.js'
import { IconButton, Skeleton } from '../../ui/small.js'
import { OptionDot } from '../../ui/tag.js'
import type { ListState } from '../list/list-state.js'
import { DraggableCard } from './board-card.js'
import type { BoardLane, CardParts } from './board-data.js'
import { laneWhere } from './board-lane.js'
import type { Move } from './board-move.js'

interface BoardColumnProps {
  object: ObjectModel
  state: ListState
  field: FieldModel
  lane: BoardLane
  lanes: readonly BoardLane[]
  parts: CardParts
  select: string
  onMove: Move | undefined
  /** Why the card that is dragged may not come here. */
  refusal: string | undefined
}

const cardsAtOnce = 30

/** One option of a board with its cards; closed ones fold to a rail. */
export function BoardColumn(props: BoardColumnProps) {
  const { t } = useTranslation()
  const { lane, refusal } = props
  const [isFolded, setFolded] = useState(lane.isClosed)
  const { setNodeRef, isOver } = useDroppable({ id: lane.value })
  if (isFolded)
    return (
      <section ref={setNodeRef} className={`lane folded${isOver ? ' over' : ''}${refusal ? ' refusing' : ''}`} aria-label={lane.label}>
        <button
          type="button"
          className="lane-rail"
          onClick={() => setFolded(false)}
          aria-expanded={false}
          title={t('board.unfold', { name: lane.label })}
        >
          <OptionDot color={lane.color} />
          <span className="lane-rail-text">{lane.label}</span>
          <span className="num quiet">{lane.count.toLocaleString('en')}</span>
        </button>
      </section>
    )
  return (
    <section ref={setNodeRef} className={`lane${isOver ? ' over' : ''}${refusal ? ' refusing' : ''}`} aria-label={lane.label}>
      {refusal && (
        <p className="lane-refusal">
          <Ban size={14} aria-hidden /> {refusal}
        </p>
      )}
      <LaneHead {...props} onFold={lane.isClosed ? () => setFolded(true) : undefined} />
      <LaneCards {...props} />
    </section>
  )
}

function LaneHead({ object, field, lane, onFold }: BoardColumnProps & { onFold: (() => void) | undefined }) {
  const { t } = useTranslation()
  const app = useApp()
  return (
    <header className="lane-head">
      <OptionDot color={lane.color} />
      <h2>{lane.label}</h2>
      <span className="num quiet">{lane.count.toLocaleString('en')}</span>
      <span className="grow" />
      <span className="num quiet cut" title={lane.sums.join(' · ')}>
        {lane.sums[0]}
        {lane.sums.length > 1 && ` +${lane.sums.length - 1}`}
      </span>
      {onFold && <IconButton icon={ChevronsLeftRight} label={t('board.fold', { name: lane.label })} onClick={onFold} />}
      {may(app, object, 'create') && object.detail === null && (
        <IconButton
          icon={Plus}
          label={t('board.add', { name: lane.label })}
          onClick={() => void createBeside(object, '', { [field.key]: lane.value })}
        />
      )}
    </header>
  )
}

function LaneCards({ object, state, field, lane, lanes, parts, select, onMove }: BoardColumnProps) {
  const { t } = useTranslation()
  const where = useMemo(() => laneWhere(state.where, field.key, lane.value), [state.where, field.key, lane.value])
  const pages = useRecordPages({ object, select, where, search: state.search, orderBy: state.orderBy, first: cardsAtOnce })
  const cards = (pages.data?.pages ?? []).flatMap(page => page.nodes)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <div className="lane-cards" tabIndex={0} role="group" aria-label={t('board.cards', { name: lane.label })}>
      {pages.isPending && [1, 2, 3].map(each => <Skeleton key={each} width="100%" height={104} />)}
      {cards.map(record => (
        <DraggableCard
          key={record.id}
          object={object}
          record={record}
          parts={parts}
          lanes={lanes}
          current={lane.value}
          by={field}
          onMove={onMove}
        />
      ))}
      {pages.hasNextPage && (
        <Button type="text" block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('board.more', { count: Math.max(0, lane.count - cards.length) })}
        </Button>
      )}
    </div>
  )
}
