import type { FieldModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { type RecordValues, useAggregate } from '../../api/records.js'
import { may } from '../../api/rights.js'
import { createBeside } from '../../fields/create-beside.js'
import { textContext, textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { IconButton } from '../../ui/small.js'
import { useDeletion } from '../deletion.js'
import { type Children, nodesOf } from './record-data.js'

interface LinesProps {
  record: RecordValues
  group: Children
}

/** The lines of a record as a small table with the totals of all of them. */
export function Lines({ record, group: { child, object, fields } }: LinesProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const remove = useDeletion(object)
  const { nodes, total } = nodesOf(record, child)
  const canDelete = may(app, object, 'delete')
  const parentKey = object.fields[child.field]?.key ?? `${child.field}Id`
  return (
    <section className="card" aria-label={label(child.label)}>
      <header className="card-head">
        <h2>{label(child.label)}</h2>
        <span className="num quiet">{total}</span>
        <span className="grow" />
        {may(app, object, 'create') && (
          <Button
            type="text"
            size="small"
            icon={<Plus size={15} />}
            onClick={() => void createBeside(object, '', { [parentKey]: record.id })}
          >
            {t('add')}
          </Button>
        )}
      </header>
      {nodes.length === 0 ? (
        <p className="card-none">{t('empty.none', { name: label(child.label) })}</p>
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
                  <th scope="col">
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
            <LineTotals record={record} parentKey={parentKey} fields={fields} object={object} hasTools={canDelete} />
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

const isAmount = (field: FieldModel): boolean => field.type.name === 'money' || field.definition.returns === 'money'

/** The amount that lines add up to: the last computed one, else the only one; prices of one piece add up to nothing. */
function summed(fields: readonly FieldModel[]): FieldModel | undefined {
  const amounts = fields.filter(isAmount)
  return amounts.filter(field => field.type.name === 'formula').at(-1) ?? (amounts.length === 1 ? amounts[0] : undefined)
}

interface LineTotalsProps {
  record: RecordValues
  parentKey: string
  fields: readonly FieldModel[]
  object: Children['object']
  hasTools: boolean
}

function LineTotals({ record, parentKey, fields, object, hasTools }: LineTotalsProps) {
  const { t } = useTranslation()
  const app = useApp()
  const last = summed(fields)
  const where = useMemo(() => ({ [parentKey]: { eq: record.id } }), [parentKey, record.id])
  const isMixed = last?.currency !== null && last?.currency?.from !== 'workspace'
  const groupBy = useMemo(() => (last && isMixed ? [{ [`${last.name}Currency`]: {} }] : undefined), [last, isMixed])
  const { data } = useAggregate({
    object,
    measures: last ? `sum { ${last.name} }` : 'count',
    where,
    groupBy,
    enabled: last !== undefined,
  })
  const [first] = data ?? []
  const sum = last && data?.length === 1 ? first?.sum?.[last.name] : undefined
  if (!last || sum === undefined || sum === null) return null
  const at = fields.indexOf(last)
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={Math.max(1, at)}>
          {t('total')}
        </th>
        <td className="right num">
          {last.type.format(
            sum,
            last.definition,
            textContext({ ...app, currency: String(first?.keys?.[0] ?? '') || app.currency }, last, {}),
          )}
        </td>
        {fields.length + Number(hasTools) - at - 1 > 0 && <td colSpan={fields.length + Number(hasTools) - at - 1} />}
      </tr>
    </tfoot>
  )
}
