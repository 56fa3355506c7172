import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { objectOf, useApp, useLabel } from '../../api/app.js'
import { statusOf } from '../../fields/selection.js'
import { usePhone } from '../../ui/media.js'
import { useTitle } from '../../ui/page-head.js'
import { EmptyState } from '../../ui/small.js'
import { PoolSoonNote } from '../pool-soon.js'
import { RecalculatingNote } from '../recalculating-note.js'
import { GridSkeleton } from './grid-skeleton.js'
import { ListCards } from './list-cards.js'
import { ListGrid } from './list-grid.js'
import { ListHead } from './list-head.js'
import { type ListState, useListState } from './list-state.js'
import { Toolbar } from './toolbar.js'
import { ViewTabs } from './view-tabs.js'
import './list.css'

const Board = lazy(() => import('../board/board.js'))

/** Many records of an object, as a list or as a board; everything it shows stands in the address. */
export default function ListPage() {
  const { t } = useTranslation()
  const app = useApp()
  const object = objectOf(app, useParams().object)
  if (!object) return <EmptyState isPage title={t('error.noObject')} text={t('error.noObjectHint')} />
  return <ObjectList key={object.name} object={object} />
}

/** The choice by which an object's records stand on a board: as a board view says, else where they stand. */
function boardOf(object: ObjectModel, { board: view }: ListState) {
  const name = view?.definition.groupBy
  const field = name !== undefined && Object.hasOwn(object.fields, name) ? object.fields[name] : statusOf(object)
  return { view, field }
}

function ObjectList({ object }: { object: ObjectModel }) {
  const label = useLabel()
  const { member } = useApp()
  const state = useListState(object)
  const isPhone = usePhone()
  const board = boardOf(object, state)
  useTitle(state.view && label(state.view.definition.label), label(object.pluralLabel), member.workspace.name)
  const isBoard = state.shape === 'board' && board.field !== undefined
  return (
    <div className="list-page">
      <ListHead object={object} state={state} hasBoard={board.field !== undefined} />
      <RecalculatingNote object={object} />
      <PoolSoonNote object={object} state={state} />
      <ViewTabs object={object} state={state} />
      <Toolbar object={object} state={state} boardField={isBoard ? board.field : undefined} />
      {isBoard && board.field ? (
        <Suspense fallback={<GridSkeleton />}>
          <Board object={object} state={state} field={board.field} view={board.view} />
        </Suspense>
      ) : isPhone ? (
        <ListCards object={object} state={state} />
      ) : (
        <ListGrid key={state.columnsName} object={object} state={state} />
      )}
    </div>
  )
}
