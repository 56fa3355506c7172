import { useDraggable, useDroppable } from '@dnd-kit/core'
import type { SectionDefinition } from '@tessera/platform/definitions/form.js'
import type { Label } from '@tessera/platform/label.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { lookup } from '@tessera/platform/registry.js'
import { Input } from 'antd'
import { CircleAlert, Ellipsis, EyeOff, GripVertical, Lock, type LucideIcon, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLabel } from '../api/app.js'
import type { FormContent } from '../forms/form-context.js'
import { Menu } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { fieldCommands, sectionCommands } from './form-commands.js'
import { useFormDesign } from './form-design.js'
import type { Dragged, Target } from './form-drop.js'
import { changeSection, type Part, placedName, placedOf, sectionsIn } from './form-edits.js'
import { FormTabRow } from './form-tab-row.js'

/** The form with its real fields, each of them in a frame by which it is chosen, moved and removed. */
export function FormCanvas({ content }: { content: FormContent }) {
  const { form, tab } = useFormDesign()
  const drawn = (of: readonly SectionDefinition[]) =>
    of.map(section => <SectionFrame key={section.section} section={section} content={content} />)
  return (
    <>
      {drawn(sectionsIn(form, undefined))}
      {(form.tabs ?? []).length > 0 && <FormTabRow />}
      {tab !== undefined && drawn(sectionsIn(form, tab))}
    </>
  )
}

/** How something can be lifted, and dropped at. */
function useMovable(dragged: Dragged & { readonly name: string }, target: Target) {
  const drag = useDraggable({ id: `${dragged.kind}:${dragged.name}`, data: { dragged } })
  const drop = useDroppable({ id: `at:${target.kind}:${target.name}`, data: { target } })
  const { onKeyDown: _, ...byPointer } = drag.listeners ?? {}
  return {
    place: (node: HTMLElement | null) => {
      drag.setNodeRef(node)
      drop.setNodeRef(node)
    },
    byPointer,
    handle: { ref: drag.setActivatorNodeRef, ...drag.attributes, ...drag.listeners },
    over: drop.isOver ? (drop.active?.data.current?.dragged as Dragged | undefined) : undefined,
    className: `${drag.isDragging ? ' dragging' : ''}${drop.isOver ? ' over' : ''}`,
  }
}

function Handle({ part, handle }: { part: Part; handle: object }) {
  const { t, titleOf } = useFormDesign()
  return (
    <button type="button" className="drag-handle" {...handle} aria-label={t('formDesigner.move', { name: titleOf(part) })}>
      <GripVertical size={14} aria-hidden />
    </button>
  )
}

function SectionFrame({ section, content }: { section: SectionDefinition; content: FormContent }) {
  const design = useFormDesign()
  const { form, chosen, choose, t, titleOf } = design
  const part: Part = { kind: 'section', name: section.section }
  const movable = useMovable({ kind: 'section', name: section.section }, part)
  const isChosen = chosen?.kind === 'section' && chosen.name === section.section
  const title = titleOf(part)
  const menu = t('formDesigner.sectionMenu', { name: title })
  return (
    <section ref={movable.place} className={`form-frame${isChosen ? ' chosen' : ''}${movable.className}`} aria-label={title}>
      <div className="form-frame-head">
        <Handle part={part} handle={movable.handle} />
        <SectionTitle section={section} />
        <FrameMarks of={section} at={`sections/${form.sections.indexOf(section)}`} isField={false} />
        <button type="button" className="form-frame-open" aria-pressed={isChosen} onClick={() => choose(isChosen ? null : part)}>
          {t('formDesigner.properties')}
          <span className="sr-only"> {title}</span>
        </button>
        <Menu label={menu} groups={sectionCommands(design, section)}>
          <IconButton icon={Ellipsis} label={menu} />
        </Menu>
      </div>
      <SectionBody section={section} content={content} />
    </section>
  )
}

/** The title of a section, typed where it stands, in the language that is looked at. */
function SectionTitle({ section }: { section: SectionDefinition }) {
  const { edit, sight, t, titleOf } = useFormDesign()
  const label = useLabel()
  const rename = (text: string) => {
    const own = section.label as Label | undefined
    const texts = typeof own === 'string' ? { [sight.language]: own } : own
    const next = Object.fromEntries(Object.entries({ ...texts, [sight.language]: text }).filter(([, each]) => each !== ''))
    edit(`title ${section.section}`, form =>
      changeSection(form, section.section, { label: Object.keys(next).length > 0 ? next : undefined }),
    )
  }
  return (
    <Input
      variant="borderless"
      className="form-frame-title"
      aria-label={t('formDesigner.sectionTitle', { name: titleOf({ kind: 'section', name: section.section }) })}
      placeholder={t('formDesigner.untitled')}
      maxLength={200}
      value={label(section.label as Label | undefined)}
      onChange={event => rename(event.target.value)}
    />
  )
}

function SectionBody({ section, content }: { section: SectionDefinition; content: FormContent }) {
  const { t } = useFormDesign()
  const label = useLabel()
  const end = useDroppable({ id: `at:end:${section.section}`, data: { target: { kind: 'end', name: section.section } satisfies Target } })
  const isText = section.fields.length === 0 && section.help !== undefined
  return (
    <>
      {section.help !== undefined && <p className="form-text">{label(section.help as Label)}</p>}
      <div className={(section.columns ?? 2) === 2 ? 'form-grid two' : 'form-grid'}>
        {section.fields.map(placed => (
          <FieldFrame key={placedName(placed)} name={placedName(placed)} section={section} content={content} />
        ))}
      </div>
      <div
        ref={end.setNodeRef}
        className={`form-frame-end${end.isOver ? ' over' : ''}${section.fields.length === 0 && !isText ? ' empty' : ''}`}
      >
        {section.fields.length === 0 && !isText && t('formDesigner.emptySection')}
      </div>
    </>
  )
}

interface FieldFrameProps {
  name: string
  section: SectionDefinition
  content: FormContent
}

function FieldFrame({ name, section, content }: FieldFrameProps) {
  const design = useFormDesign()
  const { form, object, chosen, choose, t, titleOf } = design
  const part: Part = { kind: 'field', name }
  const movable = useMovable({ kind: 'field', name }, part)
  const index = section.fields.findIndex(placed => placedName(placed) === name)
  const placed = placedOf(section.fields[index] ?? name)
  const field = object ? fieldNamed(object, name) : null
  const isLine = lookup(object?.children ?? {}, name) !== undefined
  const isWide = isLine || placed.width === 'full' || (placed.width === undefined && field !== null && isLong(field))
  const isChosen = chosen?.kind === 'field' && chosen.name === name
  const drawn = content.get(field?.key ?? name)
  const title = titleOf(part)
  const menu = t('formDesigner.fieldMenu', { name: title })
  const { over } = movable
  // what comes from before it in its section goes behind it
  const isBehind = over?.kind === 'field' && section.fields.slice(0, index).some(other => placedName(other) === over.name)
  return (
    <div
      ref={movable.place}
      className={`form-cell form-frame-field${isWide ? ' wide' : ''}${isChosen ? ' chosen' : ''}${movable.className}${isBehind ? ' behind' : ''}`}
    >
      <div className="form-frame-content" inert>
        {drawn ?? <NotDrawn title={title} />}
      </div>
      <button
        type="button"
        className="form-frame-cover"
        aria-pressed={isChosen}
        aria-label={t('formDesigner.propertiesOf', { name: title })}
        {...movable.byPointer}
        onClick={() => choose(isChosen ? null : part)}
      />
      <span className="form-frame-tools">
        <FrameMarks of={placed} at={`sections/${form.sections.indexOf(section)}/fields/${index}`} isField />
        <Handle part={part} handle={movable.handle} />
        <Menu label={menu} groups={fieldCommands(design, name)}>
          <IconButton icon={Ellipsis} label={menu} />
        </Menu>
      </span>
    </div>
  )
}

/** What the form places and does not show to whom it is drawn for. */
function NotDrawn({ title }: { title: string }) {
  const { t, sight } = useFormDesign()
  return (
    <div className="form-field">
      <span className="form-label">{title}</span>
      <span className="form-frame-none">
        <EyeOff size={14} aria-hidden /> {t(sight.role === null ? 'formDesigner.notDrawn' : 'formDesigner.hiddenFromRole')}
      </span>
    </div>
  )
}

const marks: readonly (readonly [property: string, text: string, icon: LucideIcon])[] = [
  ['visibleWhen', 'formDesigner.hasVisible', EyeOff],
  ['requiredWhen', 'formDesigner.hasRequired', Sparkles],
  ['readOnlyWhen', 'formDesigner.hasReadOnly', Lock],
]

/** What rules a part of the form has, and whether something is wrong with it. */
function FrameMarks({ of, at, isField }: { of: object; at: string; isField: boolean }): ReactNode {
  const { t, problemAt } = useFormDesign()
  const problem = isField ? problemAt(at) : undefined
  return (
    <>
      {marks.map(([property, text, Icon]) =>
        (of as Readonly<Record<string, unknown>>)[property] === undefined ? null : (
          <span key={property} className="form-frame-mark" title={t(text)}>
            <Icon size={13} role="img" aria-label={t(text)} />
          </span>
        ),
      )}
      {problem && (
        <span className="form-frame-mark wrong" title={problem}>
          <CircleAlert size={14} role="img" aria-label={problem} />
        </span>
      )}
    </>
  )
}
