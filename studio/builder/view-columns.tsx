import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { InputNumber } from 'antd'
import { useLabel } from '../api/app.js'
import { seenFields, titleName } from '../fields/selection.js'
import { SortableList } from '../ui/sortable-list.js'
import { maxWidth, minWidth, usualFields } from '../views/list/columns.js'
import { moved } from './edit-element.js'
import { changeColumns, type UsualColumns, type ViewColumn, viewColumns } from './edit-view.js'
import { FieldAdd } from './field-add.js'
import { FieldName } from './field-name.js'
import { useLayoutTexts } from './layout-texts.js'
import { RowMenu } from './row-menu.js'
import type { ViewPartProps } from './view-part.js'
import { useWorkshop } from './workshop.js'

/** The columns that an object's lists show when their view names none. */
export const usualColumnsOf = (object: ObjectModel): UsualColumns => ({ title: titleName(object), fields: usualFields(object) })

/** The columns of a list: which, in which order, how wide; the title is always the first. */
export function ViewColumns({ view }: ViewPartProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model, edit } = useWorkshop()
  const object = lookup(model.objects, view.object)
  if (!object) return null
  const usual = usualColumnsOf(object)
  const [title, ...others] = viewColumns(view, usual)
  const path = `views/${view.view}`
  const nameOf = (name: string) => label((lookup(object.fields, name) ?? lookup(object.children, name))?.label) || name
  const change = (key: string, next: (columns: readonly ViewColumn[]) => readonly ViewColumn[]) =>
    edit(`${path} column ${key}`, path, elements => changeColumns(elements, view.view, usual, next))
  const rows = others.map(column => ({ ...column, id: column.field, title: nameOf(column.field) }))
  const move = (id: string, to: number) =>
    change(`move ${id}`, columns =>
      moved(
        columns,
        columns.findIndex(({ field }) => field === id),
        to + 1,
      ),
    )
  const widen = (name: string, width: number | null) =>
    change(`width ${name}`, columns => columns.map(column => (column.field === name ? { field: name, width: width ?? undefined } : column)))
  const free = seenFields(object).filter(field => field.name !== title?.field && !others.some(column => column.field === field.name))
  return (
    <fieldset className="property-group">
      <legend>{t('viewDesigner.columns')}</legend>
      {title && (
        <div className="layout-row still">
          <FieldName object={object} name={title.field} title={nameOf(title.field)} />
          <span className="quiet">{t('viewDesigner.first')}</span>
          <Width column={title} title={nameOf(title.field)} onChange={widen} />
        </div>
      )}
      <SortableList items={rows} label={t('viewDesigner.columns')} className="layout-rows" onMove={move}>
        {(row, handle, at) => (
          <div className="layout-row">
            {handle}
            <FieldName object={object} name={row.field} title={row.title} />
            <Width column={row} title={row.title} onChange={widen} />
            <RowMenu
              title={row.title}
              at={at}
              count={rows.length}
              onMove={to => move(row.id, to)}
              onRemove={() => change(`remove ${row.id}`, columns => columns.filter(({ field }) => field !== row.field))}
            />
          </div>
        )}
      </SortableList>
      <FieldAdd
        id="view-add-column"
        label={t('viewDesigner.addColumn')}
        fields={free}
        onAdd={field => change(`add ${field}`, columns => [...columns, { field }])}
      />
    </fieldset>
  )
}

function Width({ column, title, onChange }: { column: ViewColumn; title: string; onChange: (name: string, width: number | null) => void }) {
  const { t } = useLayoutTexts()
  return (
    <InputNumber
      className="layout-width"
      size="small"
      min={minWidth}
      max={maxWidth}
      step={20}
      precision={0}
      changeOnWheel={false}
      placeholder={t('viewDesigner.autoWidth')}
      aria-label={t('viewDesigner.widthOf', { name: title })}
      value={column.width ?? null}
      onChange={width => onChange(column.field, width)}
    />
  )
}
