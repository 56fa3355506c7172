import { House, Menu, Plus, Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { homePath, newPath } from '../api/addresses.js'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { may } from '../api/rights.js'
import { navigationItems } from '../views/navigation.js'
import { openCommandBar } from './command-bar-host.js'

const PhoneMenu = lazy(() => import('./phone-menu.js'))

const uuid = /\/[0-9a-f]{8}-[0-9a-f-]{27}/

const hasOwnBar = /\/(new|edit|import)$|^\/studio\/(publish|versions\/\d+)$/

/** The one bar at the bottom of a phone; record, form, import and publishing have their own. */
export function PhoneBar() {
  const { pathname } = useLocation()
  return uuid.test(pathname) || hasOwnBar.test(pathname) ? null : <Bar pathname={pathname} />
}

function Bar({ pathname }: { pathname: string }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { model } = useApp()
  const name = useAppName()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const first = navigationItems(model, name).find(item => item.object !== undefined)
  return (
    <nav className="phone-bar" aria-label={t('rail')}>
      <Link to={homePath(name)} aria-current={pathname === homePath(name) ? 'page' : undefined}>
        <House size={20} aria-hidden /> {t('home')}
      </Link>
      {first && (
        <Link to={first.to} aria-current={pathname.startsWith(first.to.split('?')[0] ?? '-') ? 'page' : undefined}>
          <first.icon size={20} aria-hidden /> <span className="cut">{label(first.label)}</span>
        </Link>
      )}
      {!pathname.startsWith('/studio') && <CreateButton name={pathname.split('/')[2] ?? first?.object} />}
      <button type="button" onClick={openCommandBar}>
        <Search size={20} aria-hidden /> {t('command.find')}
      </button>
      <button type="button" onClick={() => setMenuOpen(true)}>
        <Menu size={20} aria-hidden /> {t('more')}
      </button>
      <Suspense fallback={null}>{isMenuOpen && <PhoneMenu onClose={() => setMenuOpen(false)} />}</Suspense>
    </nav>
  )
}

function CreateButton({ name }: { name: string | undefined }) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const appName = useAppName()
  const navigate = useNavigate()
  const target = objectOf(app, name)
  if (!target || target.detail !== null || !may(app, target, 'create')) return null
  return (
    <button
      type="button"
      className="phone-plus"
      aria-label={t('newObject', { name: label(target.label) })}
      onClick={() => navigate(newPath(appName, target.name))}
    >
      <Plus size={22} aria-hidden />
    </button>
  )
}
