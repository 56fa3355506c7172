import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Select } from 'antd'
import { useState } from 'react'
import { objectOf, useApp } from '../api/app.js'
import { useRecordPages } from '../api/records.js'
import type { FilterValueProps, InputProps } from './face.js'

/** How many of the records that were edited last are asked for their tags. */
const asked = 200

/** The tags in use, the latest first. */
function useTagsInUse(field: FieldModel, isOpen: boolean): { value: string; label: string }[] {
  const app = useApp()
  const object = objectOf(app, field.object)
  const pages = useRecordPages({
    object: object as ObjectModel,
    select: `id version ${field.key}`,
    where: { [field.key]: { isNull: false } },
    orderBy: [{ updatedAt: 'DESC' }],
    first: asked,
    enabled: object !== undefined && isOpen,
  })
  const used = (pages.data?.pages ?? []).flatMap(page => page.nodes).flatMap(node => node[field.key] as string[])
  return [...new Set(used)].map(tag => ({ value: tag, label: tag }))
}

/** Types new tags or chooses among those in use; Enter or a comma ends one. */
export function TagsInput(props: InputProps) {
  const { id, field, value, onChange, onBlur, inline, invalid, disabled, required, describedBy, label } = props
  const [isOpen, setOpen] = useState(inline === true)
  const options = useTagsInUse(field, isOpen)
  return (
    <Select
      id={id}
      mode="tags"
      style={{ width: '100%' }}
      value={Array.isArray(value) ? (value as string[]) : []}
      options={options}
      tokenSeparators={[',', '，', ';', '；', '、']}
      open={isOpen && options.length > 0}
      onOpenChange={setOpen}
      autoFocus={inline === true}
      disabled={disabled === true}
      status={invalid ? 'error' : ''}
      aria-label={label}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={changed => onChange(changed.length > 0 ? changed : null)}
      onBlur={onBlur}
    />
  )
}

/** The tags of a condition. */
export const TagsFilterValue = ({ id, field, value, onChange }: FilterValueProps) => (
  <TagsInput id={id} field={field} value={value} record={{}} onChange={changed => onChange(changed ?? [])} />
)
