import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { CircleAlert, CircleHelp, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { Skeleton } from '../ui/small.js'
import { useObjectLabel } from './check-labels.js'
import type { Unkept } from './consequences.js'
import { useFoundPath } from './found-path.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Records that do not keep to what the new version asks of them, with the way to them. */
export function CheckData({ found }: { found: readonly Unkept[] | undefined }) {
  const { t } = useTexts()
  return (
    <section aria-labelledby="check-data" aria-busy={!found}>
      <h2 id="check-data">
        {t('check.data')} {found && found.length > 0 && <span className="num quiet">{found.length}</span>}
      </h2>
      {!found && <Looking />}
      {found?.length === 0 && <p className="quiet check-none">{t('check.data.none')}</p>}
      {found && found.length > 0 && (
        <ul className="steps">
          {found.map(one => (
            <UnkeptRow key={`${one.kind} ${one.path}`} unkept={one} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** What stands there while records are looked at. */
export function Looking() {
  const { t } = useTexts()
  return (
    <div role="status">
      <p className="quiet check-none">{t('check.looking')}</p>
      <Skeleton width="100%" height={40} />
    </div>
  )
}

/** A number that may be more, or of a part. */
export function useCounted(): (counted: Pick<Unkept, 'count' | 'isMore' | 'looked'>) => { count: number; amount: string } {
  const { t } = useTexts()
  return ({ count, isMore }) => ({
    count: count ?? 0,
    amount: isMore ? t('check.moreThan', { amount: (count ?? 0).toLocaleString('en') }) : (count ?? 0).toLocaleString('en'),
  })
}

function UnkeptRow({ unkept }: { unkept: Unkept }) {
  const { t } = useTexts()
  const label = useLabel()
  const objectLabel = useObjectLabel()
  const counted = useCounted()
  const foundPath = useFoundPath()
  const { kind, object, title, bound, unchecked, looked, rule, isWarning } = unkept
  const way = rule === null || unchecked !== null ? null : foundPath(object, rule)
  const Icon = unchecked ? CircleHelp : isWarning ? TriangleAlert : CircleAlert
  const said = { name: label(title), object: objectLabel(object), bound: boundText(bound), ...counted(unkept) }
  return (
    <li>
      <span className={`step-mark ${unchecked ? 'plain' : 'warn'}`} aria-hidden>
        <Icon size={14} />
      </span>
      <div className="grow">
        <div className="step-title">{unchecked ? t('check.data.unchecked', said) : t(`check.data.${kind}`, said)}</div>
        <div className="step-detail">
          {unchecked ? t(`check.unchecked.${unchecked}`) : t(isWarning ? 'check.data.warns' : `check.data.${meaningOf(kind)}`)}
          {looked !== null && ` ${t('check.data.looked', { count: looked })}`}
        </div>
        <Examples unkept={unkept} />
      </div>
      {way && (
        <Link className="studio-way" to={way}>
          {t('check.data.see')} <span className="sr-only">{label(title)}</span>
        </Link>
      )}
    </li>
  )
}

/** What becomes of the records: values are lost, publishing is kept back, or they stay until somebody saves them. */
const meaningOf = (kind: string): string => (kind === 'converts' ? 'emptied' : kind === 'double' ? 'keptBack' : 'stay')

const boundText = (bound: string | null): string =>
  bound !== null && /^\d+$/.test(bound) ? Number(bound).toLocaleString('en') : (bound ?? '')

function Examples({ unkept: { object, path, examples, kind } }: { unkept: Unkept }) {
  const { t } = useTexts()
  const app = useAppName()
  const foundPath = useFoundPath()
  const valueText = useValueText(object, path)
  if (examples.length === 0) return null
  const isReachable = foundPath(object, true) !== null
  return (
    <ul className="check-examples" aria-label={t('check.data.examples')}>
      {examples.map(({ id, title, value }) => {
        const text = title ?? t('check.data.untitled')
        const beside = kind === 'double' ? t('check.data.times', { count: Number(value) }) : valueText(value)
        const isTold = beside !== '' && beside !== text
        return (
          <li key={id ?? text}>
            {id && isReachable ? <Link to={recordPath(app, object, id)}>{text}</Link> : <span>{text}</span>}
            {isTold && <span className="quiet"> {beside}</span>}
          </li>
        )
      })}
    </ul>
  )
}

/** A value of the field that a path is about, as lists write it. */
function useValueText(object: string, path: string): (value: unknown) => string {
  const { locale, timeZone, currency } = useApp()
  const { liveModel } = useWorkshop()
  const field = lookup(lookup(liveModel.objects, object)?.fields ?? {}, path.split('/')[3] ?? '')
  return value => {
    if (value === null || value === undefined || !field || field.relation) return ''
    const text = field.type.format(value, field.definition, { locale, timeZone, ...(field.currency ? { currency } : {}) })
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
  }
}

/** A list of labels as a sentence has it. */
export function useListed(): (labels: readonly Label[]) => string {
  const { t } = useTexts()
  const label = useLabel()
  return labels => labels.map(each => t('check.quoted', { name: label(each) })).join(t('check.comma'))
}
