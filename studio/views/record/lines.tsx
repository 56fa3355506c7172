import type { FieldModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { may } from '../../api/rights.js'
import { createBeside } from '../../fields/create-beside.js'
import { textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { useSlim } from '../../ui/media.js'
import { IconButton } from '../../ui/small.js'
import { useDeletion } from '../deletion.js'
import { type Children, nodesOf } from './children.js'
import { LineCards } from './line-cards.js'
import { type LineTotal, useLineTotal } from './line-total.js'

interface LinesProps {
  record: RecordValues
  /** What the record is called. */
  title: string
  group: Children
}

/** The lines of a record as a small table with the totals of all of them. */
export function Lines({ record, title, group: { child, object, fields } }: LinesProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const remove = useDeletion(object)
  const { nodes, total: count } = nodesOf(record, child)
  const canDelete = may(app, object, 'delete')
  const isSlim = useSlim()
  const parentKey = object.fields[child.field]?.key ?? `${child.field}Id`
  const total = useLineTotal(object, fields, parentKey, record.id)
  return (
    <section className="card" aria-label={label(child.label)}>
      <header className="card-head">
        <h2>{label(child.label)}</h2>
        <span className="num quiet">{count}</span>
        <span className="grow" />
        {may(app, object, 'create') && (
          <Button
            type="text"
            size="small"
            icon={<Plus size={15} />}
            onClick={() => void createBeside(object, '', { [parentKey]: record.id, [child.field]: { id: record.id, title } })}
          >
            {t('add')}
          </Button>
        )}
      </header>
      {nodes.length === 0 ? (
        <p className="card-none">{t('empty.none', { name: label(child.label) })}</p>
      ) : isSlim ? (
        <LineCards fields={fields} lines={nodes} total={total} onRemove={canDelete ? id => void remove([id]) : undefined} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
        <div className="lines-scroll" tabIndex={0} role="group" aria-label={label(child.label)}>
          <table className="lines">
            <thead>
              <tr>
                {fields.map(field => (
                  <th key={field.name} scope="col" className={faceOf(field).align}>
                    {label(field.label)}
                  </th>
                ))}
                {canDelete && (
                  <th scope="col" className="line-tools">
                    <span className="sr-only">{t('delete')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {nodes.map(line => (
                <tr key={line.id}>
                  {fields.map(field => (
                    <td key={field.name} className={faceOf(field).align}>
                      <Drawn field={field} record={line} />
                    </td>
                  ))}
                  {canDelete && (
                    <td className="line-tools">
                      <IconButton
                        icon={Trash2}
                        label={t('delete.line', { name: textOf(fields[0] as FieldModel, line, app) })}
                        onClick={() => void remove([line.id])}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
            <LineTotals total={total} fields={fields} hasTools={canDelete} />
          </table>
        </div>
      )}
    </section>
  )
}

function Drawn({ field, record }: { field: FieldModel; record: RecordValues }) {
  const { Display } = faceOf(field)
  return <Display field={field} record={record} place="cell" />
}

interface LineTotalsProps {
  total: LineTotal | undefined
  fields: readonly FieldModel[]
  hasTools: boolean
}

function LineTotals({ total, fields, hasTools }: LineTotalsProps) {
  const { t } = useTranslation()
  if (!total) return null
  const at = fields.indexOf(total.field)
  const after = fields.length + Number(hasTools) - at - 1
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={Math.max(1, at)}>
          {t('total')}
        </th>
        <td className="right num">{total.text}</td>
        {after > 0 && <td colSpan={after} />}
      </tr>
    </tfoot>
  )
}
