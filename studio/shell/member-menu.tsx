import type { MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { useKeepProfile, useSignOut } from '../api/session.js'
import { type Preferences, prefer, usePreferences } from '../ui/preferences.js'

/** What a member sets for themselves: language, look, density, letter keys; and signing out. */
export function useMemberMenu(onShowKeys: () => void): MenuProps {
  const { t } = useTranslation()
  const { member } = useApp()
  const { language, mode, density, letterKeys } = usePreferences()
  const signOut = useSignOut()
  const profile = useKeepProfile()
  const choices = (key: string, values: readonly string[]) => values.map(value => ({ key: `${key}:${value}`, label: t(`${key}.${value}`) }))
  const act: Record<string, (value: string) => void> = {
    language: value => {
      prefer({ language: value as Preferences['language'] })
      profile.mutate({ locale: value })
    },
    mode: value => prefer({ mode: value as Preferences['mode'] }),
    density: value => prefer({ density: value as Preferences['density'] }),
    letters: () => prefer({ letterKeys: !letterKeys }),
    keys: onShowKeys,
    out: () => signOut.mutate(),
  }
  return {
    selectedKeys: [`language:${language}`, `mode:${mode}`, `density:${density}`],
    onClick: ({ key }) => {
      const [name = '', value = ''] = key.split(':')
      act[name]?.(value)
    },
    items: [
      { key: 'who', type: 'group', label: `${member.name} · ${member.email}` },
      { type: 'divider' },
      { key: 'language', label: t('language'), children: choices('language', ['zh-CN', 'en']) },
      { key: 'mode', label: t('mode'), children: choices('mode', ['light', 'dark', 'system']) },
      { key: 'density', label: t('density'), children: choices('density', ['comfortable', 'compact']) },
      { type: 'divider' },
      { key: 'keys', label: t('keys.title') },
      { key: 'letters', label: t(letterKeys ? 'keys.lettersOff' : 'keys.lettersOn') },
      { type: 'divider' },
      { key: 'out', label: t('signOut') },
    ],
  }
}
