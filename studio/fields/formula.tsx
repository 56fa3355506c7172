import { SquareFunction } from 'lucide-react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, textOf } from './face.js'
import { integer } from './integer.js'
import { FiguresDisplay } from './plain-display.js'

/** A computed value is read, never typed. */
export function ReadOnlyInput({ id, field, record }: { id: string; field: DisplayProps['field']; record: DisplayProps['record'] }) {
  const app = useApp()
  return (
    <output id={id} className="read-only num">
      {textOf(field, record, app) || '—'}
    </output>
  )
}

export const formula: FieldFace = { ...integer, icon: SquareFunction, width: 120, Display: FiguresDisplay, Input: ReadOnlyInput }
