import { Menu } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { useMemberMenu } from './member-menu.js'
import { navigationGroups } from './navigation.js'

/** Everything that the bar has no room for. */
export function PhoneMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const { model, member } = useApp()
  const name = useAppName()
  const own = useMemberMenu(onClose)
  const go = (to: string) => {
    onClose()
    void navigate(to)
  }
  const ways = navigationGroups(model, name).map(group => ({
    key: group.key,
    type: 'group' as const,
    label: label(group.label),
    children: group.ways.map(way => ({ key: `to ${way.to}`, icon: <way.icon size={18} />, label: label(way.label) })),
  }))
  const studio = member.admin ? [{ key: 'to /studio', icon: <SlidersHorizontal size={18} />, label: t('studio') }] : []
  const others = (own.items ?? []).filter(item => item?.key !== 'keys' && item?.key !== 'letters')
  return (
    <Menu
      className="phone-menu"
      mode="inline"
      items={[...ways, ...studio, { type: 'divider' }, ...others]}
      selectedKeys={own.selectedKeys ?? []}
      onClick={info => {
        if (info.key.startsWith('to ')) return go(info.key.slice(3))
        own.onClick?.(info)
        if (info.key === 'out') onClose()
      }}
    />
  )
}
