import { withLimits } from '@tessera/platform/access/with-limits.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import type { Label, Locale } from '@tessera/platform/label.js'
import { labelOf } from '@tessera/platform/label.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Session, WorkspaceSettings } from './session.js'

/** Everything a page knows besides its records: who is here, the model as this member may see it, language, zone, currency. */
export interface App {
  readonly member: Member
  readonly model: Model
  readonly version: number
  readonly locale: Locale
  readonly timeZone: string
  readonly currency: string
  readonly settings: WorkspaceSettings
  readonly definitions: readonly unknown[]
  /** Several currencies are in sight, so amounts name theirs by code. */
  readonly mixedCurrencies?: boolean
}

const Context = createContext<App | null>(null)

/** Compiles the session's definitions and offers the result to all pages. */
export function AppProvider({ session, children }: { session: Session; children: ReactNode }) {
  const { i18n } = useTranslation()
  const { definitions, version } = session.app
  const { roles } = session.me
  const model = useMemo(
    () => withLimits(compileModel(definitions.map(elementOf).filter(element => element !== null)).model, roles),
    [definitions, roles],
  )
  const locale: Locale = i18n.language === 'zh-CN' ? 'zh-CN' : 'en'
  const app = useMemo<App>(
    () => ({
      member: session.me,
      model,
      version,
      locale,
      timeZone: session.me.timeZone ?? session.workspaceSettings.timeZone,
      currency: session.workspaceSettings.currency,
      settings: session.workspaceSettings,
      definitions,
    }),
    [session, model, version, locale, definitions],
  )
  return <Context value={app}>{children}</Context>
}

/** What holds for all pages; only below `AppProvider`. */
export function useApp(): App {
  const app = useContext(Context)
  if (!app) throw new Error('useApp needs AppProvider above it')
  return app
}

/** A part of a page as somebody else sees it, or as it will be. */
export const AppAs = ({ app, children }: { app: App; children: ReactNode }) => <Context value={app}>{children}</Context>

/** A part of a page where amounts of several currencies may be in sight. */
export function CurrencySight({ mixed, children }: { mixed: boolean; children: ReactNode }) {
  const app = useApp()
  const seen = useMemo<App>(() => (mixed ? { ...app, mixedCurrencies: true } : app), [app, mixed])
  return <Context value={seen}>{children}</Context>
}

/** Turns labels of definitions into the language that is shown. */
export function useLabel(): (label: Label | undefined) => string {
  const { locale } = useApp()
  return useMemo(() => label => labelOf(label, locale), [locale])
}

/** The object of a name from the address; undefined when there is none or it is not to be seen. */
export const objectOf = (app: App, name: string | undefined): ObjectModel | undefined =>
  name !== undefined && Object.hasOwn(app.model.objects, name) ? app.model.objects[name] : undefined
