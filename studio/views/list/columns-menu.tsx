import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Checkbox, Popover } from 'antd'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { faceOf } from '../../fields/index.js'
import { titleName } from '../../fields/selection.js'
import { IconButton } from '../../ui/small.js'
import { type Column, type ColumnChoice, possibleColumns } from './columns.js'

interface ColumnsMenuProps {
  object: ObjectModel
  columns: readonly Column[]
  choice: ColumnChoice
  onChange: (choice: ColumnChoice) => void
}

/** Chooses which columns a list shows, and in which order; the title always stays first. */
export function ColumnsMenu(props: ColumnsMenuProps) {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="bottomRight" arrow={false} content={<ColumnList {...props} />} destroyOnHidden>
      <button type="button" className="tool">
        <Columns3 size={15} aria-hidden /> {t('list.columns')}
      </button>
    </Popover>
  )
}

function ColumnList({ object, columns, choice, onChange }: ColumnsMenuProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const title = titleName(object)
  const shown = columns.map(column => column.field.name).filter(name => name !== title)
  const others = possibleColumns(object).filter(field => field.name !== title && !shown.includes(field.name))
  const keep = (fields: readonly string[]) => onChange({ ...choice, fields })
  const move = (name: string, by: number) => {
    const next = shown.filter(each => each !== name)
    next.splice(Math.max(0, shown.indexOf(name) + by), 0, name)
    keep(next)
  }
  const ordered = [...columns.filter(column => !column.isTitle).map(column => column.field), ...others]
  return (
    <div className="column-list">
      <ul>
        {ordered.map(field => {
          const Icon = faceOf(field).icon
          const isShown = shown.includes(field.name)
          return (
            <li key={field.name}>
              <Checkbox
                checked={isShown}
                onChange={event => keep(event.target.checked ? [...shown, field.name] : shown.filter(each => each !== field.name))}
              >
                <Icon size={14} aria-hidden /> {label(field.label)}
              </Checkbox>
              {isShown && (
                <span className="column-moves">
                  <IconButton
                    icon={ArrowUp}
                    label={t('moveUp', { name: label(field.label) })}
                    onClick={() => move(field.name, -1)}
                    disabled={shown[0] === field.name}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('moveDown', { name: label(field.label) })}
                    onClick={() => move(field.name, 1)}
                    disabled={shown.at(-1) === field.name}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {(choice.fields || choice.widths) && (
        <Button size="small" type="text" onClick={() => onChange({})}>
          {t('list.columnsReset')}
        </Button>
      )}
    </div>
  )
}
