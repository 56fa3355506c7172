import { lookup } from '@tessera/platform/registry.js'
import { Check, Dot, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import type { ShownWhy } from '../api/why.js'
import { conditionOn } from './condition-fields.js'
import { writeConditions } from './conditions.js'
import './why.css'

/** Explanations, each with its rule as lines: what was asked, whether it held, and what stands there. */
export function WhyList({ whys, onLeave }: { whys: readonly ShownWhy[]; onLeave: () => void }) {
  const { t } = useTranslation()
  if (whys.length === 0) return <p className="why-none">{t('why.none')}</p>
  return whys.map(why => (
    <section key={why.title} className="why" aria-label={why.title}>
      <h3>{why.title}</h3>
      <WhyLines lines={why.lines} />
      {why.rows && <RowsLink rows={why.rows} onLeave={onLeave} />}
    </section>
  ))
}

/** An explanation line by line: what was asked, whether it held, and what stands there. */
export const WhyLines = ({ lines }: Pick<ShownWhy, 'lines'>) => (
  <ul className="why-lines">
    {lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own
      <WhyRow key={index} line={line} />
    ))}
  </ul>
)

const deepest = 5

function WhyRow({ line: { level, text, value, holds, remark } }: { line: ShownWhy['lines'][number] }) {
  const { t } = useTranslation()
  const Icon = holds === null ? Dot : holds ? Check : X
  return (
    <li className={`why-line level-${Math.min(level, deepest)}${holds === null ? '' : holds ? ' held' : ' failed'}`}>
      <Icon size={14} aria-hidden />
      <span className="why-text">
        {text}
        {holds !== null && <span className="sr-only"> · {t(holds ? 'why.held' : 'why.failed')}</span>}
        {remark && <span className="why-remark">{remark}</span>}
      </span>
      {value !== null && <span className="why-value num">{value}</span>}
    </li>
  )
}

function RowsLink({ rows, onLeave }: { rows: NonNullable<ShownWhy['rows']>; onLeave: () => void }) {
  const { t } = useTranslation()
  const { model } = useApp()
  const label = useLabel()
  const app = useAppName()
  const holder = lookup(model.objects, rows.of)
  const child = holder && lookup(holder.children, lookup(holder.definition.fields, rows.rollup)?.of ?? '')
  const object = child && lookup(model.objects, child.object)
  const condition = child && conditionOn(child, rows.id, model)
  if (!object || !condition || object.junction) return null
  const query = new URLSearchParams({ f: writeConditions([condition]), of: `${rows.of}.${rows.rollup}` })
  return (
    <Link to={`${objectPath(app, object.name)}?${query.toString()}`} onClick={onLeave}>
      {t('why.list', { name: label(object.pluralLabel) })}
    </Link>
  )
}
