import { Split } from 'lucide-react'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { objectOf, useApp } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { iconOf } from '../ui/icons.js'
import { type DisplayProps, type FieldFace, relatedOf } from './face.js'
import { PolymorphicFilterValue, PolymorphicInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

/** The record's name beside the icon of its object. */
function PolymorphicDisplay({ field, record, place }: DisplayProps) {
  const name = useAppName()
  const related = relatedOf(field, record)
  const object = objectOf(useApp(), related?.type)
  if (!related || !object) return <Nothing place={place} />
  const Icon = iconOf(object.icon)
  const text = related.title || '—'
  if (place === 'card' || place === 'history') return <span className="cut">{text}</span>
  return (
    <Link
      className="value-link polymorphic-value cut"
      to={recordPath(name, object.name, related.id)}
      tabIndex={place === 'cell' ? -1 : 0}
      onClick={event => event.stopPropagation()}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {text}
    </Link>
  )
}

export const polymorphic: FieldFace = {
  icon: Split,
  width: 196,
  Display: PolymorphicDisplay,
  Input: PolymorphicInput,
  filters: ['in', 'isNull'],
  FilterValue: PolymorphicFilterValue,
  card: 'line',
}
