import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { AppProvider } from '../api/app.js'
import { onOutdated, onSignedOut } from '../api/client.js'
import { type Outside, type Session, type Unfinished, useSession } from '../api/session.js'
import { worded } from '../ui/language.js'
import { hasChosenLanguage, prefer } from '../ui/preferences.js'
import { EmptyState } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { Broken } from './broken.js'
import { DroppedValues } from './dropped-values.js'
import { FrameSkeleton } from './frame-skeleton.js'
import { Pages } from './routes.js'
import { WarningQuestion } from './warning-question.js'

const LinkPage = lazy(worded(() => import('./door-link.js')))
const NeedsPage = lazy(worded(() => import('./door-needs.js')))
const FirstAdminPage = lazy(() => import('./first-admin.js'))
const SignInPage = lazy(() => import('./sign-in.js'))

/** The product: the door when nobody is signed in, else the app of the session. */
export function Root() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const session = useSession()
  useEffect(
    () =>
      onSignedOut(() => {
        // Who is not signed in loses nothing by a refused password, least of all the form with its message.
        if (client.getQueryData<Session | Unfinished | Outside>(['session'])?.me) void client.resetQueries({ queryKey: ['session'] })
      }),
    [client],
  )
  useEffect(() => onOutdated(() => void client.invalidateQueries({ queryKey: ['session'] })), [client])
  const data = session.data
  const locale = data?.me?.locale
  useEffect(() => {
    if (locale && !hasChosenLanguage()) prefer({ language: locale.startsWith('zh') ? 'zh-CN' : 'en' })
  }, [locale])
  if (session.isPending) return <FrameSkeleton />
  if (session.error || !data)
    return (
      <EmptyState isPage title={t('error.notLoaded')} text={failureText(session.error, t)}>
        <Button onClick={() => void session.refetch()}>{t('retry')}</Button>
      </EmptyState>
    )
  if (/^\/sign-in\/(invitation|reset)$/.test(location.pathname))
    return (
      <Suspense fallback={null}>
        <LinkPage />
      </Suspense>
    )
  if (data.me === null) return <Suspense fallback={null}>{data.needsFirstAdmin ? <FirstAdminPage /> : <SignInPage />}</Suspense>
  if ('need' in data)
    return (
      <Suspense fallback={null}>
        <NeedsPage need={data.need} />
      </Suspense>
    )
  return (
    <Fallback>
      <AppProvider session={data}>
        <Pages />
        <DroppedValues />
        <WarningQuestion />
      </AppProvider>
    </Fallback>
  )
}

/** Catches what nothing below expected, and offers to go on. */
class Fallback extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Broken /> : this.props.children
  }
}
