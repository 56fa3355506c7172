import { Binary } from 'lucide-react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, textOf } from './face.js'
import { text } from './text.js'

function NumberDisplay({ field, record }: DisplayProps) {
  const app = useApp()
  return <span className="num cut">{textOf(field, record, app)}</span>
}

export const autonumber: FieldFace = {
  ...text,
  icon: Binary,
  width: 110,
  Display: NumberDisplay,
  filters: ['eq', 'startsWith', 'iContains'],
}
