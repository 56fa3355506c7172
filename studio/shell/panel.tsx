import { Home, PanelLeft, Search, Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { homePath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { IconButton, Kbd } from '../ui/small.js'
import { useFavourites } from '../views/favourites.js'
import { navigationGroups, type Way } from '../views/navigation.js'
import { openCommandBar } from './command-bar-host.js'
import { loaders } from './loaders.js'
import { StudioPanel } from './studio-panel.js'

/** The navigation of the app: find, home, favourites, then the groups of its definition. */
export function Panel({ onToggle }: { onToggle: () => void }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { model, member } = useApp()
  const name = useAppName()
  const { pathname } = useLocation()
  const favourites = useFavourites(member.id)
  const navigation = Object.hasOwn(model.navigation, name) ? model.navigation[name] : undefined
  if (pathname.startsWith('/studio')) return <StudioPanel onToggle={onToggle} />
  return (
    <nav className="panel" aria-label={t('panel')}>
      <div className="panel-head">
        <strong className="cut">{navigation ? label(navigation.label) : member.workspace.name}</strong>
        <span className="grow" />
        <IconButton icon={PanelLeft} label={t('panel.toggle')} onClick={onToggle} />
      </div>
      <button type="button" className="command-button" onClick={openCommandBar}>
        <Search size={14} aria-hidden />
        <span className="grow cut">{t('command.placeholder')}</span>
        <Kbd keys="mod+k" />
      </button>
      <div className="panel-ways">
        <ul>
          <li>
            <Link className="panel-link" to={homePath(name)} aria-current={pathname === homePath(name) ? 'page' : undefined}>
              <Home size={16} strokeWidth={1.75} aria-hidden /> {t('home')}
            </Link>
          </li>
        </ul>
        {favourites.length > 0 && (
          <section aria-labelledby="favourites">
            <h2 id="favourites">{t('favourites')}</h2>
            <ul>
              {favourites.map(each => (
                <li key={each.to}>
                  <Link className="panel-link" to={each.to}>
                    <Star size={16} strokeWidth={1.75} aria-hidden /> <span className="cut">{each.title}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        {navigationGroups(model, name).map(group => (
          <div key={group.key}>
            {label(group.label) !== '' && <h2>{label(group.label)}</h2>}
            <ul>
              {group.ways.map(way => (
                <WayLink key={way.key} way={way} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  )
}

function WayLink({ way }: { way: Way }) {
  const label = useLabel()
  const { pathname, search } = useLocation()
  const [path = '', question] = way.to.split('?')
  const isHere = pathname === path ? question === undefined || search.includes(question) : pathname.startsWith(`${path}/`)
  const load = () => void (way.object ? loaders.list() : loaders.report())
  return (
    <li>
      <Link className="panel-link" to={way.to} aria-current={isHere ? 'page' : undefined} onMouseEnter={load} onFocus={load}>
        <way.icon size={16} strokeWidth={1.75} aria-hidden /> <span className="cut">{label(way.label)}</span>
      </Link>
    </li>
  )
}
