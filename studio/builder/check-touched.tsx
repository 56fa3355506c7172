import { formatDate } from '@tessera/platform/fields/reading.js'
import { lookup } from '@tessera/platform/registry.js'
import { Bookmark, KeyRound } from 'lucide-react'
import { Fragment } from 'react'
import { Link } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { usePhone } from '../ui/media.js'
import { useObjectLabel } from './check-labels.js'
import type { ClientUse, TouchedElement, TouchedThing } from './consequences.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { usePlaceName } from './place-name.js'
import { placeOfPath } from './places.js'
import { useStepTitle } from './steps.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const isUsed = ({ mentions, views }: TouchedThing): boolean => mentions.length + views.shared.length + views.others > 0

/** What names each thing that changes: definitions, those of packages too, and views that members saved. */
export function TouchedThings({ touched }: { touched: readonly TouchedThing[] }) {
  const { t } = useTexts()
  const titleOf = useStepTitle()
  const objectLabel = useObjectLabel()
  const isPhone = usePhone()
  const used = touched.filter(isUsed)
  if (used.length === 0) return <p className="quiet">{t('publish.noImpact')}</p>
  return (
    <>
      {used.map(thing => (
        <details key={`${thing.do} ${thing.path}`} className="touched" open={used.length <= 4 && !isPhone}>
          <summary>{titleOf(thing, objectLabel)}</summary>
          <ul>
            {thing.mentions.map(mention => (
              <Named key={`${mention.kind} ${mention.name}`} mention={mention} />
            ))}
            <SavedViews views={thing.views} />
          </ul>
        </details>
      ))}
    </>
  )
}

function Named({ mention }: { mention: TouchedElement }) {
  const { t } = useTexts()
  const label = useLabel()
  const Icon = kindIcon(mention.kind)
  return (
    <li>
      <Icon size={15} aria-hidden />
      <span>
        {t(`kind.one.${mention.kind}`)} <Link to={elementPlace(mention)}>{label(mention.label) || mention.name}</Link>{' '}
        <span className="quiet num">{t('publish.places', { count: mention.at.length })}</span>
        {mention.kind === 'object' && <Parts at={mention.at} />}
        {mention.package && <span className="quiet block">{t('check.fromPackage', { name: mention.package })}</span>}
      </span>
    </li>
  )
}

/** The parts of an object that name what changes, each with the way to it: formulas, rollups and other fields, rules. */
function Parts({ at }: Pick<TouchedElement, 'at'>) {
  const placeName = usePlaceName()
  const parts = [...new Set(at.map(partOf))]
  return (
    <span className="quiet block">
      {parts.map((path, index) => {
        const place = placeOfPath(path)
        const name = placeName(path).split(' › ').slice(1).join(' › ') || path
        return (
          <Fragment key={path}>
            {index > 0 && ' · '}
            {place ? <Link to={place}>{name}</Link> : name}
          </Fragment>
        )
      })}
    </span>
  )
}

/** The field in which a place stands, else the part of the object: `objects/order/fields/total`, `objects/order/rules`. */
function partOf(path: string): string {
  const [folder, name, part, field] = path.split('/')
  return [folder, name, part, ...(part === 'fields' ? [field] : [])].join('/')
}

function SavedViews({ views: { shared, others } }: Pick<TouchedThing, 'views'>) {
  const { t } = useTexts()
  const app = useAppName()
  return (
    <>
      {shared.map(({ id, name, object, owner }) => (
        <li key={id}>
          <Bookmark size={15} aria-hidden />
          <span>
            {t('check.savedView')} <Link to={`${objectPath(app, object)}?mine=${id}`}>{name}</Link>{' '}
            {owner && <span className="quiet">{owner}</span>}
          </span>
        </li>
      ))}
      {others > 0 && (
        <li>
          <Bookmark size={15} aria-hidden /> {t('check.othersViews', { count: others })}
        </li>
      )}
    </>
  )
}

/** Which API keys used what changes in the last 30 days, the most frequent use first. */
export function Clients({ touched }: { touched: readonly TouchedThing[] }) {
  const { t } = useTexts()
  const uses = new Map(
    touched.flatMap(({ clients }) => clients.map(use => [`${use.key} ${use.object} ${use.field} ${use.access}`, use] as const)),
  )
  if (uses.size === 0) return <p className="quiet">{t('check.clients.none')}</p>
  return (
    <ul>
      {[...uses].map(([key, use]) => (
        <Client key={key} use={use} />
      ))}
    </ul>
  )
}

function Client({ use: { name, object, field, access, count, lastAt } }: { use: ClientUse }) {
  const { t } = useTexts()
  const label = useLabel()
  const { locale } = useApp()
  const { liveModel } = useWorkshop()
  const objectLabel = useObjectLabel()
  const known = lookup(lookup(liveModel.objects, object)?.fields ?? {}, field)
  return (
    <li>
      <KeyRound size={15} aria-hidden />
      <span>
        <Link to="/studio/keys">{name ?? t('check.clients.revoked')}</Link>{' '}
        {t(`check.clients.${access}`, {
          count,
          field: label(known?.label) || field,
          object: objectLabel(object),
          last: formatDate(lastAt.slice(0, 10), locale),
        })}
      </span>
    </li>
  )
}
