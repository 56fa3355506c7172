import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { CurrencySight, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { areMixed } from '../amounts.js'
import { nodesOf } from './children.js'
import { AllRelated, RelatedHead, type RelatedProps } from './related.js'

/** Related records as a table of the columns that the page names; the title leads to the record. */
export function RelatedTable({ record, title, group }: RelatedProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const name = useAppName()
  const { child, object, fields } = group
  const { nodes } = nodesOf(record, child)
  return (
    <section className="card related-table" aria-label={label(child.label)}>
      <RelatedHead record={record} title={title} group={group} />
      {nodes.length === 0 ? (
        <p className="card-none">{t('empty.none', { name: label(child.label) })}</p>
      ) : (
        <CurrencySight mixed={areMixed(nodes, fields)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
          <div className="lines-scroll" tabIndex={0} role="group" aria-label={label(child.label)}>
            <table className="lines">
              <thead>
                <tr>
                  {fields.map(field => (
                    <th key={field.name} scope="col" className={faceOf(field).align}>
                      {label(field.label)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {nodes.map(node => (
                  <tr key={node.id}>
                    {fields.map((field, at) => {
                      const { Display, align } = faceOf(field)
                      return (
                        <td key={field.name} className={align}>
                          {at === 0 ? (
                            <Link className="title-link" to={recordPath(name, object.name, node.id)}>
                              {textOf(field, node, app) || t('record.untitled')}
                            </Link>
                          ) : (
                            <Display field={field} record={node} place="cell" />
                          )}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </CurrencySight>
      )}
      <AllRelated record={record} group={group} />
    </section>
  )
}
