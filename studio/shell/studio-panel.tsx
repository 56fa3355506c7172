import {
  AppWindow,
  Box,
  CalendarClock,
  ChartColumn,
  Coins,
  Compass,
  FileText,
  History,
  KeyRound,
  Languages,
  LayoutList,
  LayoutTemplate,
  ListChecks,
  type LucideIcon,
  Network,
  Package,
  Palette,
  PanelLeft,
  PanelsTopLeft,
  Rocket,
  ScrollText,
  Search,
  Share2,
  ShieldCheck,
  SlidersHorizontal,
  Table2,
  UserRoundCog,
  Users,
  Workflow,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { homePath } from '../api/addresses.js'
import { useAppName } from '../api/app-name.js'
import { IconButton, Kbd } from '../ui/small.js'
import { openCommandBar } from './command-bar-host.js'

interface StudioWay {
  readonly to: string
  readonly text: string
  readonly icon: LucideIcon
  /** Where its parts stand when not below it. */
  readonly below?: string
}

const groups: readonly (readonly [string, readonly StudioWay[]])[] = [
  [
    'studio.build',
    [
      { to: '/studio/objects', text: 'studio.objects', icon: Box },
      { to: '/studio/relations', text: 'studio.relations', icon: Share2 },
      { to: '/studio/definitions/optionSet', text: 'studio.optionSets', icon: ListChecks },
      { to: '/studio/definitions/template', text: 'studio.templates', icon: LayoutTemplate },
      { to: '/studio/definitions/form', text: 'studio.forms', icon: FileText, below: '/studio/forms' },
      { to: '/studio/definitions/view', text: 'studio.views', icon: LayoutList },
      { to: '/studio/definitions/page', text: 'studio.pages', icon: PanelsTopLeft },
      { to: '/studio/definitions/navigation', text: 'studio.navigation', icon: Compass },
      { to: '/studio/definitions/workflow', text: 'studio.workflows', icon: Workflow },
      { to: '/studio/definitions/report', text: 'studio.reports', icon: ChartColumn },
      { to: '/studio/definitions/role', text: 'studio.roles', icon: UserRoundCog },
    ],
  ],
  [
    'studio.live',
    [
      { to: '/studio/publish', text: 'studio.publish', icon: Rocket },
      { to: '/studio/versions', text: 'studio.versions', icon: History },
    ],
  ],
  [
    'studio.people',
    [
      { to: '/studio/members', text: 'studio.members', icon: Users },
      { to: '/studio/groups', text: 'studio.groups', icon: Network },
      { to: '/studio/assignments', text: 'studio.assignments', icon: CalendarClock },
      { to: '/studio/matrix', text: 'studio.matrix', icon: Table2 },
      { to: '/studio/keys', text: 'studio.keys', icon: KeyRound },
      { to: '/studio/security', text: 'studio.security', icon: ShieldCheck },
      { to: '/studio/audit', text: 'studio.audit', icon: ScrollText },
    ],
  ],
  [
    'studio.settings',
    [
      { to: '/studio/translations', text: 'studio.translations', icon: Languages },
      { to: '/studio/packages', text: 'studio.packages', icon: Package },
      { to: '/studio/definitions/app', text: 'studio.theme', icon: Palette },
      { to: '/studio/rates', text: 'studio.rates', icon: Coins },
    ],
  ],
]

/** The ways through the studio, and back to the app. */
export function StudioPanel({ onToggle }: { onToggle: () => void }) {
  const { t } = useTranslation()
  const app = useAppName()
  return (
    <nav className="panel" aria-label={t('panel')}>
      <div className="panel-head">
        <strong className="cut">{t('studio')}</strong>
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
          <StudioLink way={{ to: '/studio', text: 'home', icon: SlidersHorizontal }} />
          <StudioLink way={{ to: homePath(app), text: 'studio.toApp', icon: AppWindow }} />
        </ul>
        {groups.map(([title, ways]) => (
          <section key={title} aria-label={t(title)}>
            <h2>{t(title)}</h2>
            <ul>
              {ways.map(way => (
                <StudioLink key={way.to} way={way} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}

function StudioLink({ way: { to, text, icon: Icon, below = to } }: { way: StudioWay }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const isHere = pathname === to || (to !== '/studio' && pathname.startsWith(`${below}/`))
  return (
    <li>
      <Link className="panel-link" to={to} aria-current={isHere ? 'page' : undefined}>
        <Icon size={16} strokeWidth={1.75} aria-hidden /> <span className="cut">{t(text)}</span>
      </Link>
    </li>
  )
}
