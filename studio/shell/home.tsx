import { useQuery } from '@tanstack/react-query'
import type { Model, ObjectModel, ViewModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { Home } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { ask } from '../api/client.js'
import { whereOf } from '../fields/conditions.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { listViews } from '../views/list/list-state.js'
import { navigationGroups, type Way, type WayGroup } from '../views/navigation.js'
import { recentRecords } from '../views/recent.js'

const ReportTile = lazy(() => import('../reports/report-tile.js'))

/** An object of the app and those of its views that show a part of it. */
interface Counted {
  readonly object: ObjectModel
  readonly views: readonly ViewModel[]
}

const mostViews = 4
const mostTiles = 2

function countedOf({ objects, views }: Model, names: readonly string[]): Counted[] {
  return names.flatMap(name => {
    const object = Object.hasOwn(objects, name) ? objects[name] : undefined
    const parts = listViews(views, name).filter(view => view.definition.where !== undefined)
    return object ? [{ object, views: parts.slice(0, mostViews) }] : []
  })
}

/** How many records each object of the app and each of its views has, by their names, in one request. */
function useHomeCounts(counted: readonly Counted[]) {
  const asked = counted.flatMap(({ object, views }) => [
    { key: object.name, object, where: {} },
    ...views.map(view => ({ key: `${object.name}_${view.name}`, object, where: whereOf(object, [], [view.definition.where]) ?? {} })),
  ])
  const head = asked.map(({ object }, index) => `$w${index}: ${typeNames(object.name).Where}`).join(', ')
  const body = asked.map(
    ({ key, object }, index) => `${key}: ${rootNames(object.name, object.plural).queries.aggregate}(where: $w${index}) { count }`,
  )
  const variables = Object.fromEntries(asked.map(({ where }, index) => [`w${index}`, where]))
  return useQuery({
    queryKey: ['totals', 'home', body, variables],
    queryFn: ({ signal }) =>
      ask<Record<string, { count: number }[]>>('/graphql', `query Home(${head}) {\n  ${body.join('\n  ')}\n}`, variables, signal),
    enabled: asked.length > 0,
  })
}

/** The first page of an app: what was open lately, and the ways with their counts. */
export default function HomePage() {
  const { t } = useTranslation()
  const label = useLabel()
  const { model, member } = useApp()
  const name = useAppName()
  useTitle(t('home'), member.workspace.name)
  const groups = useMemo(() => navigationGroups(model, name), [model, name])
  const names = useMemo(() => [...new Set(groups.flatMap(group => group.ways.flatMap(way => way.object ?? [])))], [groups])
  const counted = useMemo(() => countedOf(model, names), [model, names])
  const counts = useHomeCounts(counted)
  const countOf = (key: string) => counts.data?.[key]?.[0]?.count
  const isPhone = usePhone()
  const tiles = useMemo(() => (isPhone ? [] : tilesOf(model, groups)), [isPhone, model, groups])
  const recent = recentRecords()
  return (
    <div className="scroll-page">
      <PageHead title={t('home')} icon={Home} />
      <div className="home" aria-busy={counts.isLoading}>
        {groups.length === 0 && <EmptyState title={t('home.empty')} text={t(member.admin ? 'home.emptyAdmin' : 'home.emptyMember')} />}
        {tiles.length > 0 && (
          <div className="home-tiles">
            {tiles.map(({ report, object, to }) => (
              <Suspense key={report.name} fallback={<Skeleton width="100%" height={256} />}>
                <ReportTile report={report} object={object} to={to} />
              </Suspense>
            ))}
          </div>
        )}
        {recent.length > 0 && (
          <section aria-labelledby="recent">
            <h2 id="recent">{t('command.recent')}</h2>
            <ul className="rows">
              {recent.slice(0, 6).map(each => (
                <li key={each.to}>
                  <Link to={each.to}>
                    <span className="cut">{each.title}</span>
                    <span className="grow" />
                    <span className="quiet">{each.object}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        {groups.map(group => (
          <div key={group.key}>
            <h2>{label(group.label)}</h2>
            <ul className="rows">
              {group.ways.map(way => (
                <HomeWay
                  key={way.key}
                  way={way}
                  counted={counted.find(({ object }) => way.key === `object-${object.name}`)}
                  countOf={countOf}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  )
}

/** The first reports of the navigation that have a chart. */
function tilesOf({ reports, objects }: Model, groups: readonly WayGroup[]) {
  return groups
    .flatMap(group => group.ways)
    .flatMap(({ report: name = '', to }) => {
      const report = Object.hasOwn(reports, name) ? reports[name] : undefined
      const object = report && Object.hasOwn(objects, report.definition.object) ? objects[report.definition.object] : undefined
      return report?.definition.chart && object ? [{ report, object, to }] : []
    })
    .slice(0, mostTiles)
}

interface HomeWayProps {
  way: Way
  counted: Counted | undefined
  countOf: (key: string) => number | undefined
}

/** One way from home; beside an object stand the views of it in which there is something. */
function HomeWay({ way, counted, countOf }: HomeWayProps) {
  const label = useLabel()
  const app = useAppName()
  const views = (counted?.views ?? []).flatMap(view => {
    const count = counted && countOf(`${counted.object.name}_${view.name}`)
    return count ? [{ view, count }] : []
  })
  return (
    <li className="home-way">
      <Link to={way.to}>
        <way.icon size={16} strokeWidth={1.75} aria-hidden />
        <span className="cut">{label(way.label)}</span>
        {counted && <span className="num quiet">{countOf(counted.object.name)?.toLocaleString('en') ?? ''}</span>}
      </Link>
      {views.map(({ view, count }) => (
        <Link key={view.name} className="home-view" to={objectPath(app, view.definition.object, view.name)}>
          {label(view.definition.label)} <span className="num quiet">{count.toLocaleString('en')}</span>
        </Link>
      ))}
    </li>
  )
}
