import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { useLabel } from '../api/app.js'
import { SortableList } from '../ui/sortable-list.js'
import { moved } from './edit-element.js'
import { FieldAdd } from './field-add.js'
import { FieldName } from './field-name.js'
import { RowMenu } from './row-menu.js'

interface FieldRowsProps {
  id: string
  title: string
  addLabel: string
  help?: string
  object: ObjectModel
  names: readonly string[]
  /** What can be added. */
  fields: readonly FieldModel[]
  most: number
  /** The names in their new order; the key says what was done, for undo. */
  onChange: (key: string, names: readonly string[]) => void
}

/** Fields by their names, put in order by dragging or by the menu of each, and the place to add one. */
export function FieldRows({ id, title, addLabel, help, object, names, fields, most, onChange }: FieldRowsProps) {
  const label = useLabel()
  const rows = names.map(name => ({ id: name, title: label(lookup(object.fields, name)?.label) || name }))
  const move = (name: string, to: number) => onChange(`move ${name}`, moved(names, names.indexOf(name), to))
  return (
    <div className="property" role="group" aria-labelledby={`${id}-title`}>
      <span id={`${id}-title`} className="property-label">
        {title}
      </span>
      <SortableList items={rows} label={title} className="layout-rows" onMove={move}>
        {(row, handle, at) => (
          <div className="layout-row">
            {handle}
            <FieldName object={object} name={row.id} title={row.title} />
            <RowMenu
              title={row.title}
              at={at}
              count={rows.length}
              onMove={to => move(row.id, to)}
              onRemove={() =>
                onChange(
                  `remove ${row.id}`,
                  names.filter(name => name !== row.id),
                )
              }
            />
          </div>
        )}
      </SortableList>
      {names.length < most && (
        <FieldAdd
          id={`${id}-add`}
          label={addLabel}
          fields={fields.filter(field => !names.includes(field.name))}
          onAdd={name => onChange(`add ${name}`, [...names, name])}
        />
      )}
      {help && <p className="field-help">{help}</p>}
    </div>
  )
}
