import type { FieldModel } from '@tessera/platform/model/model.js'
import { type ReactNode, Suspense } from 'react'
import { useLabel } from '../api/app.js'
import { relatedOf, type Values } from '../fields/face.js'
import { faceOf } from '../fields/index.js'
import { SortableList } from '../ui/sortable-list.js'

interface LinkRowsProps {
  id: string
  label: string
  /** The field of a link that points at the record at its other end. */
  other: FieldModel
  fields: readonly FieldModel[]
  rows: readonly Values[]
  isOrdered: boolean
  onChange: (rows: readonly Values[]) => void
}

/** The links of a record one by one: what is said of each, and their order where they have one. */
export function LinkRows({ id, label, other, fields, rows, isOrdered, onChange }: LinkRowsProps) {
  const items = rows.map(row => ({ id: String(row[other.key]), title: relatedOf(other, row)?.title ?? String(row[other.key]), row }))
  const shown = ({ title, row }: (typeof items)[number], index: number, handle: ReactNode) => (
    <LinkAttributes
      id={`${id}_${index}`}
      title={title}
      handle={handle}
      fields={fields}
      row={row}
      onChange={patch => onChange(rows.map((each, at) => (at === index ? { ...each, ...patch } : each)))}
    />
  )
  if (!isOrdered) return items.map((item, index) => <div key={item.id}>{shown(item, index, null)}</div>)
  const move = (moved: string, to: number) => {
    const from = items.findIndex(item => item.id === moved)
    const row = rows[from]
    if (row) onChange(rows.toSpliced(from, 1).toSpliced(to, 0, row))
  }
  return (
    <SortableList items={items} label={label} className="link-rows" onMove={move}>
      {(item, handle, index) => shown(item, index, handle)}
    </SortableList>
  )
}

interface LinkAttributesProps {
  id: string
  title: string
  /** By what it is dragged; nothing where links have no order. */
  handle: ReactNode
  fields: readonly FieldModel[]
  row: Values
  onChange: (patch: Values) => void
}

/** What is said of one link. */
function LinkAttributes({ id, title, handle, fields, row, onChange }: LinkAttributesProps) {
  const label = useLabel()
  return (
    <fieldset className="link-attributes">
      <legend>
        {handle} {title}
      </legend>
      {fields.map(field => {
        const { Input } = faceOf(field)
        return (
          <div key={field.name} className="form-field">
            <label className="form-label" htmlFor={`${id}_${field.name}`}>
              {label(field.label)}
            </label>
            <Suspense fallback={null}>
              <Input
                id={`${id}_${field.name}`}
                field={field}
                value={row[field.key]}
                record={row}
                onChange={(value, related) =>
                  onChange({ [field.key]: value, ...(field.relation ? { [field.name]: related ?? null } : {}) })
                }
              />
            </Suspense>
          </div>
        )
      })}
    </fieldset>
  )
}
