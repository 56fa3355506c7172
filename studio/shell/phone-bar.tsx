import { Drawer } from 'antd'
import { Home, Menu, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { homePath, newPath } from '../api/addresses.js'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { may } from '../api/rights.js'
import { openCommandBar } from './command-bar-host.js'
import { navigationItems } from './navigation.js'
import { PhoneMenu } from './phone-menu.js'

const uuid = /\/[0-9a-f]{8}-[0-9a-f-]{27}/

/** The one bar at the bottom of a phone; record, form and import have their own. */
export function PhoneBar() {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [isMenuOpen, setMenuOpen] = useState(false)
  if (uuid.test(pathname) || /\/(new|edit|import)$/.test(pathname)) return null
  const items = navigationItems(app.model, name)
  const first = items.find(item => item.object !== undefined)
  const here = objectOf(app, pathname.split('/')[2])
  const target = here ?? objectOf(app, first?.object)
  const canCreate = target && target.detail === null && may(app, target, 'create')
  return (
    <nav className="phone-bar" aria-label={t('rail')}>
      <Link to={homePath(name)} aria-current={pathname === homePath(name) ? 'page' : undefined}>
        <Home size={20} aria-hidden /> {t('home')}
      </Link>
      {first && (
        <Link to={first.to} aria-current={pathname.startsWith(first.to.split('?')[0] ?? '-') ? 'page' : undefined}>
          <first.icon size={20} aria-hidden /> <span className="cut">{label(first.label)}</span>
        </Link>
      )}
      {canCreate && (
        <button
          type="button"
          className="phone-plus"
          aria-label={t('newObject', { name: label(target.label) })}
          onClick={() => navigate(newPath(name, target.name))}
        >
          <Plus size={22} />
        </button>
      )}
      <button type="button" onClick={openCommandBar}>
        <Search size={20} aria-hidden /> {t('command.find')}
      </button>
      <button type="button" onClick={() => setMenuOpen(true)}>
        <Menu size={20} aria-hidden /> {t('more')}
      </button>
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="bottom"
        size="auto"
        title={app.member.workspace.name}
        styles={{ body: { padding: 0 }, section: { borderRadius: '12px 12px 0 0', maxHeight: '88vh' } }}
      >
        <PhoneMenu onClose={() => setMenuOpen(false)} />
      </Drawer>
    </nav>
  )
}
