import type { FieldModel } from '@tessera/platform/model/model.js'
import { Link2, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { objectPath, recordPath } from '../../api/addresses.js'
import { useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { may } from '../../api/rights.js'
import { readWhy } from '../../api/why.js'
import { conditionOn } from '../../fields/condition-fields.js'
import { writeConditions } from '../../fields/conditions.js'
import { createBeside } from '../../fields/create-beside.js'
import { textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { WhyButton } from '../../fields/why-button.js'
import { iconOf } from '../../ui/icons.js'
import { IconButton } from '../../ui/small.js'
import { areMixed } from '../amounts.js'
import { type Children, nodesOf } from './children.js'
import { hasRules, LinkPicker, Unlink, useLinkOwner, useMayLink } from './related-links.js'

/** Without labels two amounts or two dates in one line cannot be told apart: only the first of a kind is shown. */
const isFirstOfItsKind = (field: FieldModel, at: number, fields: readonly FieldModel[]): boolean =>
  faceOf(field).card !== 'tag' && fields.findIndex(each => each.definition.type === field.definition.type) === at

export interface RelatedProps {
  record: RecordValues
  /** What the record is called. */
  title: string
  group: Children
}

/** What a list of related records is called, how many there are, and the ways to add one. */
export function RelatedHead({ record, title, group: { child, object } }: RelatedProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const { total } = nodesOf(record, child)
  const key = object.fields[child.field]?.key ?? `${child.field}Id`
  const owner = useLinkOwner(child)
  const mayChange = useMayLink(child, record)
  const [isPicking, setPicking] = useState(false)
  return (
    <>
      <header className="related-head">
        <h2>{label(child.label)}</h2>
        <span className="num quiet">{total}</span>
        {owner && hasRules(owner, child, record) && (
          <WhyButton about={label(child.label)} ask={() => readWhy(owner, record.id, child.name)} />
        )}
        <span className="grow" />
        {mayChange && <IconButton icon={Link2} label={t('links.add')} onClick={() => setPicking(!isPicking)} />}
        {!child.through && may(app, object, 'create') && (
          <IconButton
            icon={Plus}
            label={t('newObject', { name: label(object.label) })}
            onClick={() =>
              void createBeside(object, '', {
                [key]: record.id,
                [child.field]: { id: record.id, title, ...(child.pointsAs ? { type: child.pointsAs.object } : {}) },
              })
            }
          />
        )}
      </header>
      {isPicking && owner && <LinkPicker owner={owner} record={record} child={child} object={object} onDone={() => setPicking(false)} />}
    </>
  )
}

/** The way to all records of a list, where only the first are shown. */
export function AllRelated({ record, group: { child, object } }: Pick<RelatedProps, 'record' | 'group'>) {
  const { t } = useTranslation()
  const { model } = useApp()
  const name = useAppName()
  const { nodes, total } = nodesOf(record, child)
  const belonging = conditionOn(child, record.id, model)
  return total > nodes.length && belonging ? (
    <Link className="show-all" to={`${objectPath(name, object.name)}?f=${encodeURIComponent(writeConditions([belonging]))}`}>
      {t('record.showAll', { count: total })}
    </Link>
  ) : null
}

/** The first records that point at this one, with the way to all of them. */
export function Related({ record, title, group }: RelatedProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const name = useAppName()
  const { child, object, fields } = group
  const { nodes } = nodesOf(record, child)
  const seen = areMixed(nodes, fields) ? { ...app, mixedCurrencies: true } : app
  const Icon = iconOf(object.icon)
  const [first, ...others] = fields
  const owner = useLinkOwner(child)
  const mayChange = useMayLink(child, record)
  return (
    <section className="related" aria-label={label(child.label)}>
      <RelatedHead record={record} title={title} group={group} />
      {nodes.length === 0 && <p className="related-none">{t('empty.none', { name: label(child.label) })}</p>}
      <ul>
        {nodes.map(node => (
          <li key={node.id} className={mayChange ? 'related-linked' : undefined}>
            <Link to={recordPath(name, object.name, node.id)} className="related-link">
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span className="related-text">
                <span className="cut">{(first && textOf(first, node, app)) || t('record.untitled')}</span>
                <span className="related-note cut">
                  {others
                    .filter(isFirstOfItsKind)
                    .map(field => textOf(field, node, seen))
                    .filter(text => text !== '')
                    .join(' · ')}
                </span>
              </span>
              {others
                .filter(field => faceOf(field).card === 'tag')
                .map(field => {
                  const { Display } = faceOf(field)
                  return <Display key={field.name} field={field} record={node} place="card" />
                })}
            </Link>
            {mayChange && owner && (
              <Unlink
                owner={owner}
                record={record}
                child={child}
                target={node.id}
                title={(first && textOf(first, node, app)) || t('record.untitled')}
              />
            )}
          </li>
        ))}
      </ul>
      <AllRelated record={record} group={group} />
    </section>
  )
}
