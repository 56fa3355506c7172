import { objectDefinition, removeField } from '@tessera/platform/editing/fields.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import { targetsOf } from '@tessera/platform/fields/polymorphic.js'
import { lookup } from '@tessera/platform/registry.js'
import { Input } from 'antd'
import { CircleAlert, Ellipsis, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useLabel } from '../api/app.js'
import { faceOf } from '../fields/index.js'
import { Menu } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { SortableList } from '../ui/sortable-list.js'
import { AddField } from './add-field.js'
import { moveField } from './edit-field.js'
import { fieldPath, studioObjectPath } from './places.js'
import { useTexts } from './texts.js'
import { typeIcon } from './type-icon.js'
import { useWorkshop } from './workshop.js'

interface Row {
  readonly id: string
  readonly title: string
  readonly definition: FieldDefinition
}

/** The fields of an object in their order; a click opens one, the handle moves it, the last row adds one. */
export function FieldsTable({ object, chosen }: { object: string; chosen: string | undefined }) {
  const { t } = useTexts()
  const label = useLabel()
  const { elements, edit } = useWorkshop()
  const [typed, setTyped] = useState('')
  const rows = Object.entries(objectDefinition(elements, object)?.fields ?? {}).map(
    ([id, definition]): Row => ({ id, definition, title: label(definition.label) || id }),
  )
  const needle = typed.trim().toLowerCase()
  const shown = rows.filter(row => `${row.title} ${row.id}`.toLowerCase().includes(needle))
  const move = (name: string, to: number) => {
    const target = shown[to]
    const place = target ? rows.findIndex(row => row.id === target.id) : to
    edit(`move ${name}`, `objects/${object}`, now => moveField(now, object, name, place))
  }
  return (
    <div className="fields">
      <div className="fields-tools">
        <Input
          allowClear
          prefix={<Search size={15} aria-hidden />}
          placeholder={t('field.find')}
          aria-label={t('field.find')}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </div>
      <div className="scroll-page">
        <SortableList items={shown} label={t('tab.fields')} className="field-rows" onMove={move}>
          {(row, handle, index) => (
            <FieldRow
              row={row}
              object={object}
              handle={handle}
              isChosen={row.id === chosen}
              isFirst={index === 0}
              isLast={index === shown.length - 1}
              onMove={by => move(row.id, index + by)}
            />
          )}
        </SortableList>
        {shown.length === 0 && <p className="fields-none">{t('field.none')}</p>}
        <AddField object={object} />
      </div>
    </div>
  )
}

interface FieldRowProps {
  row: Row
  object: string
  handle: ReactNode
  isChosen: boolean
  isFirst: boolean
  isLast: boolean
  onMove: (by: number) => void
}

function FieldRow({ row: { id, title, definition }, object, handle, isChosen, isFirst, isLast, onMove }: FieldRowProps) {
  const { t } = useTexts()
  const label = useLabel()
  const { model, issues } = useWorkshop()
  const field = lookup(lookup(model.objects, object)?.fields ?? {}, id)
  const Icon = field ? faceOf(field).icon : definition.type === 'manyToMany' ? typeIcon(definition.type) : CircleAlert
  const hasProblem = issues.some(
    ({ path }) => path.startsWith(`objects/${object}/fields/${id}/`) || path === `objects/${object}/fields/${id}`,
  )
  const targets = definition.type === 'polymorphic' ? targetsOf(definition) : definition.to ? [definition.to] : []
  const target = targets.map(to => label(lookup(model.objects, to)?.label) || to).join(', ')
  return (
    <div className={isChosen ? 'field-row chosen' : 'field-row'}>
      {handle}
      <Link className="field-row-link" to={fieldPath(object, id)} aria-current={isChosen ? 'true' : undefined}>
        <Icon size={15} strokeWidth={1.75} aria-hidden />
        <span className="field-row-title cut">{title}</span>
        <code className="field-row-name cut quiet">{id}</code>
        <span className="field-row-type cut">
          {label(lookup(fieldTypes, definition.type)?.label) || definition.type}
          {target && <span className="quiet"> → {target}</span>}
          {definition.options && <span className="quiet num"> {t('field.options', { count: definition.options.length })}</span>}
        </span>
        <span className="field-row-marks">
          <FieldMarks object={object} name={id} definition={definition} />
          {hasProblem && (
            <span className="field-row-problem">
              <CircleAlert size={14} aria-hidden /> {t('problem')}
            </span>
          )}
        </span>
      </Link>
      <FieldMenu object={object} name={id} title={title} isFirst={isFirst} isLast={isLast} onMove={onMove} />
    </div>
  )
}

function FieldMarks({ object, name, definition }: { object: string; name: string; definition: FieldDefinition }) {
  const { t } = useTexts()
  const { changes } = useWorkshop()
  const change = changes.find(each => each.kind === 'field' && each.path === `objects/${object}/fields/${name}`)
  const marks = (['required', 'unique', 'inList', 'readOnly', 'hidden'] as const).filter(key => definition[key] === true)
  return (
    <>
      {marks.map(key => (
        <span key={key} className="mark">
          {t(`mark.${key}`)}
        </span>
      ))}
      {change && (
        <span className="change-mark">
          {t(change.do === 'add' ? 'mark.new' : change.do === 'rename' ? 'mark.renamed' : 'mark.changed')}
        </span>
      )}
    </>
  )
}

function FieldMenu({
  object,
  name,
  title,
  isFirst,
  isLast,
  onMove,
}: {
  object: string
  name: string
  title: string
  isFirst: boolean
  isLast: boolean
  onMove: (by: number) => void
}) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { edit } = useWorkshop()
  const remove = () => {
    edit(`remove ${name}`, `objects/${object}`, elements => removeField(elements, object, name))
    void navigate(studioObjectPath(object))
  }
  const entries = [
    { key: 'open', label: t('field.open'), run: () => void navigate(fieldPath(object, name)) },
    ...(isFirst ? [] : [{ key: 'up', label: t('field.moveUp'), run: () => onMove(-1) }]),
    ...(isLast ? [] : [{ key: 'down', label: t('field.moveDown'), run: () => onMove(1) }]),
    { key: 'remove', label: t('field.remove'), danger: true, run: remove },
  ]
  const menu = t('field.menu', { name: title })
  return (
    <Menu label={menu} groups={[{ key: 'field', entries }]}>
      <IconButton icon={Ellipsis} label={menu} />
    </Menu>
  )
}
