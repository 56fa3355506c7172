import { CircleHelp, PanelLeft, SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { homePath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName, useNavigations } from '../api/app-name.js'
import { Avatar } from '../ui/avatar.js'
import { iconOf } from '../ui/icons.js'
import { Menu } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { Mark } from './mark.js'
import { useMemberMenu } from './member-menu.js'

interface RailProps {
  onTogglePanel: () => void
  isPanelOpen: boolean
  onShowKeys: () => void
}

/** The narrow column at the left: the apps, the studio, help, and who is signed in. */
export function Rail({ onTogglePanel, isPanelOpen, onShowKeys }: RailProps) {
  const { t } = useTranslation()
  const { member } = useApp()
  const label = useLabel()
  const name = useAppName()
  const { pathname } = useLocation()
  const menu = useMemberMenu(onShowKeys)
  const apps = useNavigations()
  const isStudio = pathname.startsWith('/studio')
  return (
    <nav className="rail" aria-label={t('rail')}>
      <Link className="rail-mark" to={homePath(name)} aria-label={member.workspace.name} title={member.workspace.name}>
        <Mark />
      </Link>
      {apps.length > 1 &&
        apps.map(app => {
          const Icon = iconOf(app.icon)
          const isHere = !isStudio && app.navigation === name
          return (
            <Link
              key={app.navigation}
              className="rail-link"
              to={homePath(app.navigation)}
              aria-current={isHere ? 'page' : undefined}
              aria-label={label(app.label)}
              title={label(app.label)}
            >
              <Icon size={18} strokeWidth={1.75} />
            </Link>
          )
        })}
      {!isPanelOpen && <IconButton icon={PanelLeft} label={t('panel.toggle')} onClick={onTogglePanel} />}
      <span className="grow" />
      {member.admin && (
        <Link className="rail-link" to="/studio" aria-current={isStudio ? 'page' : undefined} aria-label={t('studio')} title={t('studio')}>
          <SlidersHorizontal size={18} strokeWidth={1.75} />
        </Link>
      )}
      <button type="button" className="rail-link" aria-label={t('keys.title')} title={t('keys.title')} onClick={onShowKeys}>
        <CircleHelp size={18} strokeWidth={1.75} />
      </button>
      <Menu label={t('member.menu', { name: member.name })} groups={menu} placement="topLeft">
        <button type="button" className="rail-member" aria-label={t('member.menu', { name: member.name })}>
          <Avatar name={member.name} size={28} />
        </button>
      </Menu>
    </nav>
  )
}
