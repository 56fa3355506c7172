import { CircleHelp, Keyboard, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { useKeepProfile, useSignOut } from '../api/session.js'
import type { MenuEntry, MenuGroup } from '../ui/menu.js'
import { type Preferences, prefer, usePreferences } from '../ui/preferences.js'

/** What a member sets for themselves: language, look, density, letter keys; and signing out. */
export function useMemberMenu(onShowKeys: () => void): MenuGroup[] {
  const { t } = useTranslation()
  const { member } = useApp()
  const chosen = usePreferences()
  const signOut = useSignOut()
  const profile = useKeepProfile()
  const choice = <K extends 'language' | 'mode' | 'density'>(key: K, values: readonly Preferences[K][], also?: (value: string) => void): MenuGroup => ({
    key,
    label: t(key),
    entries: values.map(
      (value): MenuEntry => ({
        key: value,
        label: t(`${key}.${value}`),
        checked: chosen[key] === value,
        run: () => {
          prefer({ [key]: value })
          also?.(value)
        },
      }),
    ),
  })
  return [
    choice('language', ['zh-CN', 'en'], locale => profile.mutate({ locale })),
    choice('mode', ['light', 'dark', 'system']),
    choice('density', ['comfortable', 'compact']),
    {
      key: 'keys',
      entries: [
        { key: 'list', label: t('keys.title'), icon: CircleHelp, run: onShowKeys },
        { key: 'letters', label: t(chosen.letterKeys ? 'keys.lettersOff' : 'keys.lettersOn'), icon: Keyboard, run: () => prefer({ letterKeys: !chosen.letterKeys }) },
      ],
    },
    { key: 'out', label: `${member.name} · ${member.email}`, entries: [{ key: 'out', label: t('signOut'), icon: LogOut, run: () => signOut.mutate() }] },
  ]
}
