import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { homePath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName, useNavigations } from '../api/app-name.js'
import { iconOf } from '../ui/icons.js'
import { MenuList } from '../ui/menu.js'
import { Sheet } from '../ui/sheet.js'
import { navigationGroups } from '../views/navigation.js'
import { useMemberMenu } from './member-menu.js'

/** Everything that the bar has no room for. */
export default function PhoneMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const { model, member } = useApp()
  const name = useAppName()
  const own = useMemberMenu(onClose).filter(group => group.key !== 'keys')
  const ways = navigationGroups(model, name).map(group => ({
    key: group.key,
    label: label(group.label),
    entries: group.ways.map(way => ({ key: way.key, label: label(way.label), icon: way.icon, run: () => void navigate(way.to) })),
  }))
  const apps = useNavigations().map(({ navigation, label: title, icon }) => ({
    key: navigation,
    label: label(title),
    icon: iconOf(icon),
    run: () => void navigate(homePath(navigation)),
  }))
  const others = { key: 'apps', label: t('rail'), entries: apps.length > 1 ? apps.filter(({ key }) => key !== name) : [] }
  const studio = {
    key: 'studio',
    entries: member.admin ? [{ key: 'studio', label: t('studio'), icon: SlidersHorizontal, run: () => void navigate('/studio') }] : [],
  }
  return (
    <Sheet title={member.workspace.name} open onClose={onClose} light>
      <MenuList label={t('more')} groups={[...ways, others, studio, ...own]} onClose={onClose} />
    </Sheet>
  )
}
