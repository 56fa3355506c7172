import type { FieldModel } from '@tessera/platform/model/model.js'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { isEmptyValue, textOf } from '../../fields/face.js'
import { IconButton } from '../../ui/small.js'
import { type LineTotal, summed } from './line-total.js'

interface LineCardsProps {
  fields: readonly FieldModel[]
  lines: readonly RecordValues[]
  total: LineTotal | undefined
  onRemove: ((id: string) => void) | undefined
}

/** The lines of a record where there is no room for a table, as on a phone: each its name and what it comes to, its other values below. */
export function LineCards({ fields, lines, total, onRemove }: LineCardsProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const [first, ...others] = fields
  const amount = summed(others)
  const details = others.filter(field => field !== amount)
  return (
    <>
      <ul className="line-cards">
        {lines.map(line => {
          const name = (first && textOf(first, line, app)) || t('record.untitled')
          return (
            <li key={line.id}>
              <div className="line-card">
                <span className="two-lines">{name}</span>
                <span className="line-card-note num">
                  {details
                    .filter(field => !isEmptyValue(line[field.key]))
                    .map(field => (
                      <span key={field.name}>
                        {label(field.label)} {textOf(field, line, app)}
                      </span>
                    ))}
                </span>
              </div>
              {amount && <b className="num">{textOf(amount, line, app)}</b>}
              {onRemove && <IconButton icon={Trash2} label={t('delete.line', { name })} onClick={() => onRemove(line.id)} />}
            </li>
          )
        })}
      </ul>
      {total && (
        <p className="line-cards-total">
          <span>{t('total')}</span>
          <b className="num">{total.text}</b>
        </p>
      )}
    </>
  )
}
