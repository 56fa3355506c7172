import { lookup } from '@tessera/platform/registry.js'
import type { TFunction } from 'i18next'
import { CircleHelp, Keyboard, LogOut, ScrollText, Trash2, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { useKeepProfile, useSignOut } from '../api/session.js'
import { useDensity } from '../ui/look.js'
import type { MenuEntry, MenuGroup } from '../ui/menu.js'
import { type Preferences, prefer, usePreferences } from '../ui/preferences.js'

type Chosen = 'language' | 'mode' | 'density'

const values: Readonly<{ [K in Chosen]: readonly NonNullable<Preferences[K]>[] }> = {
  language: ['zh-CN', 'en'],
  mode: ['light', 'dark', 'system'],
  density: ['comfortable', 'compact'],
}

/** The values of one preference as a choice. */
function choiceOf(key: Chosen, chosen: Preferences, t: TFunction, also: (value: string) => void): MenuGroup {
  const entries = values[key].map((value): MenuEntry => {
    const run = () => {
      prefer({ [key]: value })
      also(value)
    }
    return { key: value, label: t(`${key}.${value}`), checked: chosen[key] === value, run }
  })
  return { key, label: t(key), entries }
}

const nothingElse = () => undefined

/** What a member sets for themselves: language, look, density, letter keys; and signing out. */
export function useMemberMenu(onShowKeys: () => void): MenuGroup[] {
  const { t } = useTranslation()
  const { member, model } = useApp()
  const isAuditor = !member.admin && member.roles.some(role => lookup(model.roles, role)?.definition.audit)
  const chosen = { ...usePreferences(), density: useDensity() }
  const signOut = useSignOut()
  const profile = useKeepProfile()
  const navigate = useNavigate()
  const onAccount = () => void navigate('/-/account')
  const letters = t(chosen.letterKeys ? 'keys.lettersOff' : 'keys.lettersOn')
  return [
    choiceOf('language', chosen, t, locale => profile.mutate({ locale })),
    choiceOf('mode', chosen, t, nothingElse),
    choiceOf('density', chosen, t, nothingElse),
    {
      key: 'keys',
      entries: [
        { key: 'list', label: t('keys.title'), icon: CircleHelp, run: onShowKeys },
        { key: 'letters', label: letters, icon: Keyboard, run: () => prefer({ letterKeys: !chosen.letterKeys }) },
      ],
    },
    {
      key: 'out',
      label: `${member.name} · ${member.email}`,
      entries: [
        { key: 'bin', label: t('bin.menu'), icon: Trash2, run: () => void navigate('/-/bin') },
        ...(isAuditor ? [{ key: 'audit', label: t('audit.menu'), icon: ScrollText, run: () => void navigate('/-/audit') }] : []),
        { key: 'account', label: t('account.menu'), icon: UserRound, run: onAccount },
        { key: 'out', label: t('signOut'), icon: LogOut, run: () => signOut.mutate() },
      ],
    },
  ]
}
