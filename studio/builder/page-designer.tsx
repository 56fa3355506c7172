import type { PageDefinition } from '@tessera/platform/definitions/page.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { EmptyState, Skeleton } from '../ui/small.js'
import { SortableList } from '../ui/sortable-list.js'
import { DesignerParts } from './designer-parts.js'
import { areasOf, changeAreas, movePanel, movePanelTo, type PageArea, pageDefinition, pageRows, removePanel } from './edit-page.js'
import { type GroupedRow, siblingsOf } from './grouped-rows.js'
import { useLayoutTexts } from './layout-texts.js'
import { PageAdd } from './page-add.js'
import { type PageRowFace, usePageFace } from './page-row.js'
import { RowMenu } from './row-menu.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

const PagePreview = lazy(() => import('./page-preview.js').then(module => ({ default: module.PagePreview })))
const PagePanel = lazy(() => import('./page-panel.js').then(module => ({ default: module.PagePanel })))

/** Designs what the page of a record shows: tabs and their panels at the left, a real record at the right. */
export default function PageDesigner({ name }: { name: string }) {
  const { t } = useLayoutTexts()
  const { elements, model } = useWorkshop()
  const [params] = useSearchParams()
  const page = pageDefinition(elements, name)
  if (!page) return null
  const object = lookup(model.objects, page.object)
  const areas = areasOf(page)
  const row = pageRows(areas).find(({ id }) => id === params.get('row'))
  return (
    <DesignerParts path={`pages/${name}`} label={t('pageDesigner.parts')}>
      {object ? (
        <div className="designer">
          <Areas page={page} object={object} />
          <section className="designer-main layout-live" aria-label={t('pageDesigner.live')}>
            <Suspense fallback={<Skeleton />}>
              <PagePreview page={page} object={object} tab={row && areas[row.group]?.tab?.tab} />
            </Suspense>
          </section>
        </div>
      ) : (
        <EmptyState title={t('pageDesigner.noObject')} text={t('viewDesigner.noObjectHint')} />
      )}
    </DesignerParts>
  )
}

/** Tabs and panels as rows, and below them the properties of the chosen one. */
function Areas({ page, object }: { page: PageDefinition; object: ObjectModel }) {
  const { t } = useLayoutTexts()
  const { edit } = useWorkshop()
  const faceOf = usePageFace(page, object)
  const [params, setParams] = useSearchParams()
  const path = `pages/${page.page}`
  const areas = areasOf(page)
  const chosen = params.get('row')
  const choose = (id: string | null) => setParams(id === null ? {} : { row: id }, { replace: true })
  const change = (key: string, next: (areas: readonly PageArea[]) => readonly PageArea[]) =>
    edit(`${path} ${key}`, path, elements => changeAreas(elements, page.page, next))
  const rows = pageRows(areas).map(row => ({ ...row, title: faceOf(row).title }))
  const move = (id: string, to: number) => change(`move ${id}`, before => movePanel(before, id, to))
  const row = rows.find(each => each.id === chosen)
  return (
    <div className="layout-panel split">
      <div className="layout-split">
        <SortableList items={rows} label={t('pageDesigner.areas')} className="layout-rows" onMove={move}>
          {(each, handle) => (
            <AreaRow
              row={each}
              face={faceOf(each)}
              handle={each.at === null && !areas[each.group]?.tab ? <span className="layout-fixed" /> : handle}
              isChosen={each.id === chosen}
              onChoose={() => choose(each.id === chosen ? null : each.id)}
            >
              <RowMenu
                title={each.title}
                {...placeAmong(rows, each, areas)}
                onMove={place => move(each.id, rows.indexOf(siblingsOf(rows, each)[place] ?? each))}
                onRemove={
                  areas[each.group]?.tab || each.at !== null
                    ? () => {
                        change(`remove ${each.id}`, before => removePanel(before, each))
                        if (each.id === chosen) choose(null)
                      }
                    : undefined
                }
                entries={
                  each.at === null
                    ? []
                    : areas.flatMap((_, to) =>
                        to === each.group
                          ? []
                          : [
                              {
                                key: `to ${to}`,
                                label: t('navigationDesigner.moveTo', { name: faceOf({ group: to, at: null }).title }),
                                run: () => change(`area ${each.id}`, before => movePanelTo(before, each, to)),
                              },
                            ],
                      )
                }
              />
            </AreaRow>
          )}
        </SortableList>
        <PageAdd page={page} object={object} area={row?.group ?? 0} areaTitle={faceOf({ group: row?.group ?? 0, at: null }).title} />
      </div>
      <Suspense fallback={null}>
        <PagePanel key={row?.id ?? ''} page={page} object={object} row={row} title={row?.title ?? ''} />
      </Suspense>
    </div>
  )
}

/** Tabs move among tabs; the right side stays where it is. */
function placeAmong<R extends GroupedRow>(rows: readonly R[], row: R, areas: readonly PageArea[]): { at: number; count: number } {
  const siblings = siblingsOf(rows, row)
  const isSide = row.at === null && !areas[row.group]?.tab
  if (isSide) return { at: 0, count: 1 }
  return { at: siblings.indexOf(row), count: row.at === null ? siblings.length - 1 : siblings.length }
}

interface AreaRowProps {
  row: GroupedRow
  face: PageRowFace
  handle: React.ReactNode
  isChosen: boolean
  onChoose: () => void
  children: React.ReactNode
}

function AreaRow({ row, face: { icon: Icon, title, note }, handle, isChosen, onChoose, children }: AreaRowProps) {
  return (
    <div className={`layout-row${row.at === null ? ' heading' : ' inner'}${isChosen ? ' chosen' : ''}`}>
      {handle}
      <button type="button" className="layout-name" aria-pressed={isChosen} onClick={onChoose}>
        {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden />} <span className="cut">{title}</span>
        {note && <span className="quiet">{note}</span>}
      </button>
      {children}
    </div>
  )
}
