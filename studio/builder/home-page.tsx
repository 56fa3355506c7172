import { kinds } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { kindOf } from '@tessera/platform/model/change-words.js'
import { Input } from 'antd'
import { ChevronRight, Coins, History, Package, PencilLine, Rocket, Search, SlidersHorizontal } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { usePlaceName } from './place-name.js'
import { kindPath, packagesPath, placeOfPath, publishPath, ratesPath, versionsPath } from './places.js'
import { Problems } from './problems.js'
import { useTexts } from './texts.js'
import { TourOffer } from './tour-offer.js'
import { useWorkshop } from './workshop.js'

/** The start of the studio: find any definition, go on with the draft, see what is wrong. */
export default function HomePage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { issues } = useWorkshop()
  const [typed, setTyped] = useState('')
  useTitle(t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('studio')} icon={SlidersHorizontal} />
      <div className="scroll-page">
        <div className="studio-home">
          <Input
            size="large"
            allowClear
            prefix={<Search size={16} aria-hidden />}
            placeholder={t('home.find')}
            aria-label={t('home.find')}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
          {typed.trim() !== '' ? (
            <Found typed={typed} />
          ) : (
            <>
              <TourOffer />
              <DraftState />
              {issues.length > 0 && (
                <section aria-labelledby="home-problems">
                  <h2 id="home-problems">{t('problems')}</h2>
                  <Problems problems={issues} />
                </section>
              )}
              <KindRows />
            </>
          )}
        </div>
      </div>
    </>
  )
}

function DraftState() {
  const { t } = useTexts()
  const { draft, count, version } = useWorkshop()
  const placeName = usePlaceName()
  const place = draft.last?.path ? placeOfPath(draft.last.path) : null
  return (
    <ul className="rows">
      {place && count > 0 && (
        <li>
          <Link to={place}>
            <PencilLine size={16} aria-hidden />{' '}
            <span className="grow cut">{t('home.continue', { place: placeName(draft.last?.path ?? '') })}</span>
            <ChevronRight size={16} aria-hidden />
          </Link>
        </li>
      )}
      {count > 0 && (
        <li>
          <Link to={publishPath}>
            <Rocket size={16} aria-hidden /> <span className="grow cut">{t('draft.changes', { count })}</span>
            <span className="quiet">{t('publish.check')}</span>
            <ChevronRight size={16} aria-hidden />
          </Link>
        </li>
      )}
      <li>
        <Link to={versionsPath}>
          <History size={16} aria-hidden /> <span className="grow cut">{t('versions')}</span>
          <span className="quiet num">{t('home.live', { version })}</span>
          <ChevronRight size={16} aria-hidden />
        </Link>
      </li>
      <li>
        <Link to={packagesPath}>
          <Package size={16} aria-hidden /> <span className="grow cut">{t('packages')}</span>
          <ChevronRight size={16} aria-hidden />
        </Link>
      </li>
      <li>
        <Link to={ratesPath}>
          <Coins size={16} aria-hidden /> <span className="grow cut">{t('rates')}</span>
          <ChevronRight size={16} aria-hidden />
        </Link>
      </li>
    </ul>
  )
}

function KindRows() {
  const { t } = useTexts()
  const { elements } = useWorkshop()
  const count = (kind: string) => Object.values(elements).filter(element => element.kind === kind).length
  return (
    <section aria-labelledby="home-kinds">
      <h2 id="home-kinds">{t('home.kinds')}</h2>
      <ul className="rows">
        {Object.keys(kinds)
          .filter(kind => kind !== 'app')
          .map(kind => {
            const Icon = kindIcon(kind)
            return (
              <li key={kind}>
                <Link to={kindPath(kind)}>
                  <Icon size={16} aria-hidden /> <span className="grow">{t(`kind.${kind}`)}</span>
                  <span className="num quiet">{count(kind)}</span>
                  <ChevronRight size={16} aria-hidden />
                </Link>
              </li>
            )
          })}
      </ul>
    </section>
  )
}

interface Hit {
  readonly key: string
  readonly kind: string
  readonly title: string
  readonly note: string
  readonly to: string
}

const mostHits = 40

/** Definitions and fields by label or name. */
function useHits(typed: string): Hit[] {
  const label = useLabel()
  const { elements } = useWorkshop()
  const { locale } = useApp()
  const needle = useDeferredValue(typed.trim().toLowerCase())
  const fits = (...texts: string[]): boolean => texts.some(text => text.toLowerCase().includes(needle))
  return Object.entries(elements)
    .flatMap(([path, element]): Hit[] => {
      const title = label(element.definition.label as Label) || element.name
      const own = fits(title, element.name)
        ? [{ key: path, kind: element.kind, title, note: `${kindOf(element.kind, locale)} · ${element.name}`, to: elementPlace(element) }]
        : []
      const fields = element.kind === 'object' ? Object.entries(element.definition.fields as Record<string, { label?: Label }>) : []
      const inner = fields
        .filter(([name, field]) => fits(label(field.label), name))
        .map(([name, field]) => ({
          key: `${path}/${name}`,
          kind: 'field',
          title: label(field.label) || name,
          note: `${title} · ${name}`,
          to: placeOfPath(`${path}/fields/${name}`) ?? path,
        }))
      return [...own, ...inner]
    })
    .slice(0, mostHits)
}

function Found({ typed }: { typed: string }) {
  const { t } = useTexts()
  const hits = useHits(typed)
  if (hits.length === 0) return <p className="quiet">{t('command.none')}</p>
  return (
    <ul className="rows" aria-label={t('command.results')}>
      {hits.map(hit => {
        const Icon = kindIcon(hit.kind)
        return (
          <li key={hit.key}>
            <Link to={hit.to}>
              <Icon size={16} aria-hidden /> <span className="cut">{hit.title}</span>
              <span className="grow cut quiet">{hit.note}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
