import { useQuery } from '@tanstack/react-query'
import { rootNames } from '@tessera/platform/model/naming.js'
import { Home } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { ask } from '../api/client.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { recentRecords } from '../views/recent.js'
import { navigationGroups } from './navigation.js'

/** How many records each object of the app has. */
function useObjectCounts(names: readonly string[]) {
  const { model } = useApp()
  const objects = names.flatMap(name => (Object.hasOwn(model.objects, name) ? (model.objects[name] ?? []) : []))
  const body = objects.map(object => `${object.name}: ${rootNames(object.name, object.plural).queries.aggregate} { count }`).join('\n  ')
  return useQuery({
    queryKey: ['totals', 'home', names],
    queryFn: ({ signal }) => ask<Record<string, { count: number }[]>>('/graphql', `query Home {\n  ${body}\n}`, {}, signal),
    enabled: objects.length > 0,
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
  const counts = useObjectCounts(names)
  const recent = recentRecords()
  return (
    <div className="scroll-page">
      <PageHead title={t('home')} icon={Home} />
      <div className="home">
        {groups.length === 0 && <EmptyState title={t('home.empty')} text={t(member.admin ? 'home.emptyAdmin' : 'home.emptyMember')} />}
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
                <li key={way.key}>
                  <Link to={way.to}>
                    <way.icon size={16} strokeWidth={1.75} aria-hidden />
                    <span className="cut">{label(way.label)}</span>
                    <span className="grow" />
                    {way.key.startsWith('object-') && (
                      <span className="num quiet">{counts.data?.[way.object ?? '']?.[0]?.count.toLocaleString('en') ?? ''}</span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  )
}
