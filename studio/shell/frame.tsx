import { lazy, Suspense, type SyntheticEvent, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { homePath, objectPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { useOnline } from '../api/online.js'
import { useShownWhy } from '../api/why.js'
import { type Shortcut, useShortcuts } from '../ui/keys.js'
import { lookOf, showLook } from '../ui/look.js'
import { useNarrow, usePhone } from '../ui/media.js'
import { prefer, usePreferences } from '../ui/preferences.js'
import { undoLast } from '../ui/toast.js'
import { Besides } from '../views/besides.js'
import { navigationItems } from '../views/navigation.js'
import { RecordReports } from '../views/record/report-slot.js'
import { useAskedTransition } from '../views/states/asked.js'
import { CommandBarHost, openCommandBar } from './command-bar-host.js'
import { Panel } from './panel.js'
import { PhoneBar } from './phone-bar.js'
import { PreviewBar } from './preview-bar.js'
import { Rail } from './rail.js'
import { ViewBar } from './view-bar.js'

const TransitionHost = lazy(() => import('../views/states/transition-sheet.js'))
const WhyHost = lazy(() => import('../fields/why-host.js'))
const ReportTile = lazy(() => import('../reports/report-tile.js'))
const KeyList = lazy(() => import('./key-list.js'))

/** The frame around every page: rail, panel, the white sheet with the page, and what floats above. */
export function Frame() {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const isNarrow = useNarrow()
  const { panel } = usePreferences()
  const [isOverlayOpen, setOverlayOpen] = useState(false)
  const isAsked = useAskedTransition() !== undefined
  const isWhyShown = useShownWhy() !== undefined
  const [areKeysOpen, setKeysOpen] = useState(false)
  const navigation = useNavigation()
  const { pathname } = useLocation()
  useEffect(() => setOverlayOpen(false), [pathname])
  const togglePanel = () => (isNarrow ? setOverlayOpen(open => !open) : prefer({ panel: !panel }))
  useWorkspaceLook()
  useFrameShortcuts(togglePanel, () => setKeysOpen(true))
  const isOpen = isNarrow ? isOverlayOpen : panel
  return (
    <div className="frame" onMouseOver={nameWhatIsCut} onFocus={nameWhatIsCut}>
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      {!isPhone && <Rail onTogglePanel={togglePanel} isPanelOpen={isOpen} onShowKeys={() => setKeysOpen(true)} />}
      {isOpen && !isPhone && <Panel onToggle={togglePanel} />}
      {isNarrow && isOverlayOpen && !isPhone && (
        <button type="button" className="panel-veil" aria-label={t('close')} onClick={togglePanel} />
      )}
      <main id="main" className="sheet" tabIndex={-1}>
        <OfflineBanner />
        <ViewBar />
        <PreviewBar />
        {navigation.state !== 'idle' && <div className="refresh-line" aria-hidden />}
        <RecordReports value={ReportTile}>
          <Outlet />
        </RecordReports>
      </main>
      {isPhone && <PhoneBar />}
      <CommandBarHost />
      <Besides />
      {isAsked && (
        <Suspense fallback={null}>
          <TransitionHost />
        </Suspense>
      )}
      <Suspense fallback={null}>{isWhyShown && <WhyHost />}</Suspense>
      <Suspense fallback={null}>{areKeysOpen && <KeyList onClose={() => setKeysOpen(false)} />}</Suspense>
    </div>
  )
}

/** Draws the product as the app's definition says. */
function useWorkspaceLook(): void {
  const theme = useApp().model.app?.theme
  useLayoutEffect(() => showLook(lookOf(theme)), [theme])
}

/** What does not fit is read whole in a tooltip; what fits has none. */
function nameWhatIsCut({ target }: SyntheticEvent): void {
  const cut = target instanceof Element ? target.closest<HTMLElement>('.cut, .two-lines, .tag > span') : null
  if (!cut || cut.closest('[title]:not(.cut, .two-lines, .tag > span)')) return
  const isCut = cut.scrollWidth > cut.clientWidth || cut.scrollHeight > cut.clientHeight + 1
  if (isCut) cut.title = cut.textContent ?? ''
  else cut.removeAttribute('title')
}

function useFrameShortcuts(togglePanel: () => void, showKeys: () => void): void {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const app = useAppName()
  const { model, member } = useApp()
  const items = navigationItems(model, app)
    .filter(item => item.object !== undefined)
    .slice(0, 9)
  const shortcuts: Shortcut[] = [
    { keys: 'mod+k', label: t('command.open'), run: openCommandBar },
    { keys: '[', label: t('panel.toggle'), run: togglePanel },
    { keys: '?', label: t('keys.title'), run: showKeys },
    { keys: 'mod+z', label: t('undo'), run: () => void undoLast() },
    { keys: 'g h', label: t('home'), run: () => void navigate(homePath(app)) },
    ...(member.admin ? [{ keys: 'g s', label: t('studio'), run: () => void navigate('/studio') }] : []),
    ...items.map((item, index) => ({
      keys: `g ${index + 1}`,
      label: label(item.label),
      run: () => void navigate(objectPath(app, item.object ?? '')),
    })),
  ]
  useShortcuts(shortcuts.map(shortcut => ({ ...shortcut, everywhere: true })))
}

function OfflineBanner() {
  const { t } = useTranslation()
  const isOnline = useOnline()
  return isOnline ? null : (
    <div className="banner" role="status">
      {t('error.offline')}
    </div>
  )
}
