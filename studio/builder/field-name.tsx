import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { CircleAlert } from 'lucide-react'
import { faceOf } from '../fields/index.js'

/** A field with its icon; one that is not there has a warning. */
export function FieldName({ object, name, title }: { object: ObjectModel; name: string; title: string }) {
  const field = lookup(object.fields, name)
  const Icon = field ? faceOf(field).icon : CircleAlert
  return (
    <span className="layout-name">
      <Icon size={15} strokeWidth={1.75} aria-hidden /> <span className="cut">{title}</span>
    </span>
  )
}
