import { useDraggable } from '@dnd-kit/core'
import { placeable } from '@tessera/platform/forms/form-schema.js'
import { lookup } from '@tessera/platform/registry.js'
import { Input } from 'antd'
import { AppWindow, GripVertical, LayoutList, Link2, type LucideIcon, Pilcrow, Search, Table2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { faceOf } from '../fields/index.js'
import { useFormDesign } from './form-design.js'
import type { Dragged } from './form-drop.js'
import { placedNames } from './form-edits.js'
import { studioObjectPath } from './places.js'

const parts: readonly (readonly [kind: 'newSection' | 'newText' | 'newTab', icon: LucideIcon])[] = [
  ['newSection', LayoutList],
  ['newTab', AppWindow],
  ['newText', Pilcrow],
]

/** What a form can be made of: its parts, and the fields, lines and links of the object that it does not place yet. A click adds, the handle drags. */
export function FormPalette() {
  const { form, object, t, titleOf } = useFormDesign()
  const [typed, setTyped] = useState('')
  const placed = new Set(placedNames(form))
  const free = object ? placeable(object).filter(name => !placed.has(name)) : []
  const shown = free.filter(name => `${titleOf({ kind: 'field', name })} ${name}`.toLowerCase().includes(typed.trim().toLowerCase()))
  const iconFor = (name: string): LucideIcon => {
    const field = lookup(object?.fields ?? {}, name)
    return field ? faceOf(field).icon : lookup(object?.children ?? {}, name)?.owned ? Table2 : Link2
  }
  return (
    <aside className="form-palette" aria-label={t('formDesigner.palette')}>
      <h2>{t('formDesigner.parts')}</h2>
      <ul>
        {parts.map(([kind, icon]) => (
          <PaletteItem key={kind} id={kind} dragged={{ kind }} title={t(`formDesigner.${kind}`)} icon={icon} />
        ))}
      </ul>
      <h2>{t('formDesigner.unplaced')}</h2>
      {free.length > 8 && (
        <Input
          size="small"
          allowClear
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('field.find')}
          aria-label={t('field.find')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <ul>
        {shown.map(name => (
          <PaletteItem
            key={name}
            id={`new:${name}`}
            dragged={{ kind: 'field', name }}
            title={titleOf({ kind: 'field', name })}
            icon={iconFor(name)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className="field-help">{t(free.length === 0 ? 'formDesigner.allPlaced' : 'field.none')}</p>}
      {object && (
        <Link className="studio-way" to={studioObjectPath(object.name)}>
          {t('formDesigner.toFields')}
        </Link>
      )}
    </aside>
  )
}

interface PaletteItemProps {
  id: string
  dragged: Dragged
  title: string
  icon: LucideIcon
}

function PaletteItem({ id, dragged, title, icon: Icon }: PaletteItemProps) {
  const { add, t } = useFormDesign()
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({ id, data: { dragged } })
  const { onKeyDown: _, ...byPointer } = listeners ?? {}
  return (
    <li ref={setNodeRef} className={isDragging ? 'dragging' : undefined}>
      <button
        type="button"
        className="drag-handle"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-label={t('formDesigner.move', { name: title })}
      >
        <GripVertical size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="form-palette-add"
        aria-label={t('formDesigner.addPart', { name: title })}
        {...byPointer}
        onClick={() => add(dragged)}
      >
        <Icon size={15} strokeWidth={1.75} aria-hidden /> <span className="cut">{title}</span>
      </button>
    </li>
  )
}
