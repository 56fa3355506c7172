import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Segmented } from 'antd'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import { SortableList } from '../ui/sortable-list.js'
import { isSortable } from '../views/list/columns.js'
import { moved } from './edit-element.js'
import type { ViewSort } from './edit-view.js'
import { FieldAdd } from './field-add.js'
import { FieldName } from './field-name.js'
import { useLayoutTexts } from './layout-texts.js'
import { RowMenu } from './row-menu.js'

/** By how many fields a list can be ordered. */
const most = 5

interface SortRowsProps {
  id: string
  object: ObjectModel
  sort: readonly ViewSort[]
  /** Changes the order; the key says of what, for undo. */
  onChange: (key: string, change: (sort: readonly ViewSort[]) => readonly ViewSort[]) => void
}

/** The order of a list, first to last; its fields are put in order as columns are. */
export function SortRows({ id, object, sort, onChange }: SortRowsProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const rows = sort.map(each => ({ ...each, id: each.field, title: label(lookup(object.fields, each.field)?.label) || each.field }))
  const move = (field: string, to: number) =>
    onChange(`move ${field}`, before =>
      moved(
        before,
        before.findIndex(each => each.field === field),
        to,
      ),
    )
  const direct = (field: string, direction: 'asc' | 'desc') =>
    onChange(`direction ${field}`, before => before.map(each => (each.field === field ? { field, direction } : each)))
  const free = seenFields(object).filter(field => isSortable(field) && !sort.some(each => each.field === field.name))
  return (
    <div className="property" role="group" aria-labelledby={`${id}-title`}>
      <span id={`${id}-title`} className="property-label">
        {t('viewDesigner.sort')}
      </span>
      <SortableList items={rows} label={t('viewDesigner.sort')} className="layout-rows" onMove={move}>
        {(row, handle, at) => (
          <div className="layout-row">
            {handle}
            <FieldName object={object} name={row.field} title={row.title} />
            <Segmented
              size="small"
              aria-label={t('viewDesigner.directionOf', { name: row.title })}
              value={row.direction ?? 'asc'}
              onChange={direction => direct(row.field, direction)}
              options={(['asc', 'desc'] as const).map(value => ({ value, label: t(`viewDesigner.${value}`) }))}
            />
            <RowMenu
              title={row.title}
              at={at}
              count={rows.length}
              onMove={to => move(row.id, to)}
              onRemove={() => onChange(`remove ${row.id}`, before => before.filter(({ field }) => field !== row.field))}
            />
          </div>
        )}
      </SortableList>
      {sort.length < most && (
        <FieldAdd
          id={`${id}-add`}
          label={t('viewDesigner.addSort')}
          fields={free}
          onAdd={field => onChange(`add ${field}`, before => [...before, { field, direction: 'asc' }])}
        />
      )}
    </div>
  )
}
