import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { AccentName } from '@tessera/platform/definitions/app.js'
import { ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import { LoaderCircle } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { ApiError } from '../api/client.js'
import { themeOf } from '../ui/antd-theme.js'
import { ConfirmHost, Toaster } from '../ui/hosts.js'
import { speak } from '../ui/language.js'
import { useDensity, useLook } from '../ui/look.js'
import { usePhone, useStill } from '../ui/media.js'
import { useMode } from '../ui/mode.js'
import { type Preferences, usePreferences } from '../ui/preferences.js'
import { cssVariables, type Mode, paletteOf } from '../ui/theme.js'

/** The one cache of what was read; a refused request is not asked again, a lost one is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => error instanceof ApiError && error.code === 'OFFLINE' && count < 2,
    },
  },
})

function drawVariables(mode: Mode, accent: AccentName): void {
  let style = document.getElementById('tessera-colors')
  if (!style) {
    style = document.createElement('style')
    style.id = 'tessera-colors'
    document.head.append(style)
  }
  style.textContent = cssVariables(mode, accent)
}

const componentTexts: Record<Preferences['language'], () => Promise<{ default: Locale }>> = {
  en: () => import('antd/es/locale/en_GB.js') as Promise<{ default: Locale }>,
  'zh-CN': () => import('antd/es/locale/zh_CN.js') as Promise<{ default: Locale }>,
}

function useLanguage(): Locale | undefined {
  const { language } = usePreferences()
  const [ready, setReady] = useState<{ language: string; texts: Locale }>()
  useEffect(() => {
    let isCurrent = true
    void Promise.all([componentTexts[language](), speak(language)]).then(([{ default: texts }]) => {
      if (isCurrent) setReady({ language, texts })
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  return ready?.texts
}

// antd's own mark would be read as a part of the button's name
const waitingButton = { autoInsertSpace: false, loadingIcon: <LoaderCircle className="turning" size={14} aria-hidden /> }

/** Theme, language, cache, toasts and questions around the whole product. */
export function Providers({ children }: { children: ReactNode }) {
  const mode = useMode()
  const { accent } = useLook()
  const density = useDensity()
  const texts = useLanguage()
  useLayoutEffect(() => drawVariables(mode, accent), [mode, accent])
  useLayoutEffect(() => {
    document.documentElement.dataset.density = density
  }, [density])
  const isPhone = usePhone()
  const isStill = useStill()
  const look = useMemo(
    () => themeOf(paletteOf(mode, accent), mode, density === 'compact', isPhone, isStill),
    [mode, accent, density, isPhone, isStill],
  )
  if (!texts) return null
  return (
    <ConfigProvider theme={look} locale={texts} button={waitingButton}>
      <QueryClientProvider client={queryClient}>
        {children}
        <Toaster />
        <ConfirmHost />
      </QueryClientProvider>
    </ConfigProvider>
  )
}
