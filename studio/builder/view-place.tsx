import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { SortableList } from '../ui/sortable-list.js'
import { placeView, viewsInOrder } from './edit-view.js'
import { useLayoutTexts } from './layout-texts.js'
import { elementJsonPath } from './places.js'
import { RowMenu } from './row-menu.js'
import type { ViewPartProps } from './view-part.js'
import { useWorkshop } from './workshop.js'

/** The views of the same object and shape in the order in which people are offered them. */
export function ViewPlace({ view }: ViewPartProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { elements, edit } = useWorkshop()
  const rows = viewsInOrder(elements, view.object, view.kind).map(each => ({ id: each.view, title: label(each.label) || each.view }))
  const move = (id: string, to: number) => edit(`views/${id} place`, `views/${id}`, now => placeView(now, id, to))
  return (
    <fieldset className="property-group">
      <legend>{t('viewDesigner.place')}</legend>
      <SortableList items={rows} label={t('viewDesigner.place')} className="layout-rows" onMove={move}>
        {(row, handle, at) => (
          <div className={row.id === view.view ? 'layout-row chosen' : 'layout-row'}>
            {handle}
            {row.id === view.view ? (
              <span className="layout-name cut" aria-current="true">
                {row.title}
              </span>
            ) : (
              <Link className="layout-name cut" to={elementJsonPath('view', row.id)}>
                {row.title}
              </Link>
            )}
            <RowMenu title={row.title} at={at} count={rows.length} onMove={to => move(row.id, to)} />
          </div>
        )}
      </SortableList>
      <p className="field-help">{t(view.kind === 'board' ? 'viewDesigner.placeBoard' : 'viewDesigner.placeHelp')}</p>
    </fieldset>
  )
}
