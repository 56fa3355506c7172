import { Link as LinkIcon } from 'lucide-react'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useAppName } from '../api/app-name.js'
import { type DisplayProps, type FieldFace, relatedOf } from './face.js'
import { LookupFilterValue, LookupInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function LookupDisplay({ field, record, place }: DisplayProps) {
  const app = useAppName()
  const related = relatedOf(field, record)
  const object = field.relation?.to
  if (!related || !object) return <Nothing place={place} />
  const text = related.title || '—'
  if (place === 'card' || place === 'history') return <span className="cut">{text}</span>
  return (
    <Link
      className="value-link cut"
      to={recordPath(app, object, related.id)}
      tabIndex={place === 'cell' ? -1 : 0}
      onClick={event => event.stopPropagation()}
    >
      {text}
    </Link>
  )
}

export const lookup: FieldFace = {
  icon: LinkIcon,
  width: 196,
  Display: LookupDisplay,
  Input: LookupInput,
  filters: ['in', 'isNull'],
  FilterValue: LookupFilterValue,
  card: 'line',
}
