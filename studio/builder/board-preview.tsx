import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { CurrencySight, useApp, useLabel } from '../api/app.js'
import { useRecordPages } from '../api/records.js'
import { selectionOf } from '../fields/selection.js'
import { Skeleton } from '../ui/small.js'
import { OptionDot } from '../ui/tag.js'
import { BoardCard } from '../views/board/board-card.js'
import { type BoardLane, type CardParts, cardParts, useBoardLanes } from '../views/board/board-data.js'
import { laneWhere } from '../views/board/board-lane.js'
import { useLayoutTexts } from './layout-texts.js'
import { isReadable, useViewAsked } from './view-asked.js'
import '../views/board/board.css'

/** As many cards as a column of a preview shows. */
const most = 6

interface BoardPreviewProps {
  view: ViewDefinition
  object: ObjectModel
  /** The object as this member may read it now. */
  live: ObjectModel
  by: FieldModel
}

/** The records of a board as cards in its columns, as far as what it shows is live. */
export function BoardPreview({ view, object, live, by }: BoardPreviewProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const asked = useViewAsked(view, live)
  const parts = useMemo(
    () => readableParts(cardParts(object, { name: view.view, definition: view, where: null }, by), live),
    [object, view, by, live],
  )
  const state = useMemo(() => ({ where: asked.where, search: '' }), [asked.where])
  const { lanes, isMixed } = useBoardLanes(live, state, by, parts.value)
  return (
    <CurrencySight mixed={isMixed}>
      <header className="layout-live-head">
        <h2>{label(view.label) || view.view}</h2>
        <span className="quiet">{t('viewDesigner.boardOf', { field: label(by.label) })}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <div className="board" tabIndex={0} role="group" aria-label={t('viewDesigner.live')}>
        {lanes.map(lane => (
          <Lane key={lane.value} lane={lane} live={live} by={by} parts={parts} asked={asked} />
        ))}
      </div>
    </CurrencySight>
  )
}

/** The parts of a card that can be read already. */
function readableParts(parts: CardParts, live: ObjectModel): CardParts {
  const seen = (field: FieldModel | undefined) => (field && isReadable(field, live) ? field : undefined)
  return {
    title: seen(parts.title),
    value: seen(parts.value),
    person: seen(parts.person),
    related: seen(parts.related),
    others: parts.others.filter(field => isReadable(field, live)),
  }
}

interface LaneProps {
  lane: BoardLane
  live: ObjectModel
  by: FieldModel
  parts: CardParts
  asked: ReturnType<typeof useViewAsked>
}

function Lane({ lane, live, by, parts, asked }: LaneProps) {
  const { model } = useApp()
  const shown = [by, parts.title, parts.value, parts.person, parts.related, ...parts.others].flatMap(field => field?.name ?? [])
  const { data, isPending } = useRecordPages({
    object: live,
    select: selectionOf(live, shown, model),
    where: laneWhere(asked.where, by.key, lane.value),
    orderBy: asked.orderBy,
    first: most,
  })
  return (
    <section className="lane" aria-label={lane.label}>
      <header className="lane-head">
        <OptionDot color={lane.color} />
        <h2>{lane.label}</h2>
        <span className="num quiet">{lane.count.toLocaleString('en')}</span>
        <span className="grow" />
        <span className="num quiet cut">{lane.sums[0]}</span>
      </header>
      <div className="lane-cards">
        {isPending && <Skeleton width="100%" height={96} />}
        {(data?.pages[0]?.nodes ?? []).map(record => (
          <BoardCard key={record.id} object={live} record={record} parts={parts} />
        ))}
      </div>
    </section>
  )
}
