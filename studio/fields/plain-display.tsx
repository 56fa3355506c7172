import { useApp } from '../api/app.js'
import { type DisplayProps, isEmptyValue, textOf } from './face.js'

/** What stands for an empty value: a dash in lists, nothing on cards. */
export const Nothing = ({ place }: Pick<DisplayProps, 'place'>) =>
  place === 'cell' || place === 'history' ? <span className="quiet">—</span> : null

/** A value as one line of text. */
export function TextDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const text = textOf(field, record, app)
  return text === '' ? <Nothing place={place} /> : <span className="cut">{text}</span>
}

/** A value of figures that stand under each other. */
export function FiguresDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  if (isEmptyValue(record[field.key])) return <Nothing place={place} />
  return <span className="num cut">{textOf(field, record, app)}</span>
}
