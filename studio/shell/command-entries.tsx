import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames } from '@tessera/platform/model/naming.js'
import { Clock, Contrast, Languages, type LucideIcon, Plus, SlidersHorizontal } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { ask } from '../api/client.js'
import { may } from '../api/rights.js'
import { createBeside } from '../fields/create-beside.js'
import { titleName } from '../fields/selection.js'
import { iconOf } from '../ui/icons.js'
import { useActiveShortcuts } from '../ui/keys.js'
import { prefer, usePreferences } from '../ui/preferences.js'
import { navigationItems } from '../views/navigation.js'
import { recentRecords } from '../views/recent.js'

/** One line of the command bar. */
export interface Entry {
  readonly key: string
  readonly group: 'recent' | 'records' | 'actions' | 'goTo'
  readonly title: string
  readonly note?: string | undefined
  readonly icon: LucideIcon
  readonly keys?: string | undefined
  readonly run: () => void
}

const perObject = 3
const mostRecords = 10

function searchDocument(objects: readonly ObjectModel[]): string {
  const parts = objects.map(
    object =>
      `${object.name}: ${rootNames(object.name, object.plural).queries.many}(search: $search, first: ${perObject}) { nodes { id title: ${titleName(object)} } }`,
  )
  return `query Find($search: String!) {\n  ${parts.join('\n  ')}\n}`
}

type Found = Record<string, { nodes: { id: string; title: string | null }[] }>

/** The records of all objects that fit what is typed. */
function useFoundRecords(typed: string): Entry[] {
  const { model } = useApp()
  const app = useAppName()
  const label = useLabel()
  const navigate = useNavigate()
  const search = useDeferredValue(typed.trim())
  const objects = useMemo(
    () =>
      Object.values(model.objects).filter(
        object => object.detail === null && Object.values(object.fields).some(field => field.definition.search !== undefined),
      ),
    [model],
  )
  const { data } = useQuery({
    queryKey: ['records', 'find', search],
    queryFn: ({ signal }) => ask<Found>('/graphql', searchDocument(objects), { search }, signal),
    enabled: search.length > 0 && !search.startsWith('>') && objects.length > 0,
    placeholderData: keepPreviousData,
  })
  if (search === '' || !data) return []
  const found = objects.flatMap(object =>
    (data[object.name]?.nodes ?? []).map(node => ({
      key: node.id,
      group: 'records' as const,
      title: node.title || node.id,
      note: label(object.label),
      icon: iconOf(object.icon),
      run: () => void navigate(recordPath(app, object.name, node.id)),
    })),
  )
  const begins = (entry: Entry) => Number(entry.title.toLowerCase().startsWith(search.toLowerCase()))
  return found.sort((left, right) => begins(right) - begins(left)).slice(0, mostRecords)
}

function useActions(): Entry[] {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const navigate = useNavigate()
  const { language, mode } = usePreferences()
  const shortcuts = useActiveShortcuts()
  const keysOf = (text: string) => shortcuts.find(each => each.label === text)?.keys
  const creates = Object.values(app.model.objects)
    .filter(object => object.detail === null && may(app, object, 'create'))
    .map((object): Entry => {
      const title = t('newObject', { name: label(object.label) })
      return {
        key: `new-${object.name}`,
        group: 'actions',
        title,
        icon: Plus,
        keys: keysOf(title),
        run: () => void createBeside(object, ''),
      }
    })
  const next = mode === 'dark' ? 'light' : 'dark'
  return [
    ...creates.sort((left, right) => Number(right.keys !== undefined) - Number(left.keys !== undefined)),
    { key: 'mode', group: 'actions', title: t(`command.${next}`), icon: Contrast, run: () => prefer({ mode: next }) },
    {
      key: 'language',
      group: 'actions',
      title: language === 'en' ? '切换到中文' : 'Switch to English',
      icon: Languages,
      run: () => prefer({ language: language === 'en' ? 'zh-CN' : 'en' }),
    },
    ...(app.member.admin
      ? [
          {
            key: 'studio',
            group: 'goTo' as const,
            title: t('studio'),
            icon: SlidersHorizontal,
            keys: 'g s',
            run: () => void navigate('/studio'),
          },
        ]
      : []),
  ]
}

/** Everything the command bar offers for what is typed: recent or found records, actions, ways. */
export function useEntries(typed: string): Entry[] {
  const label = useLabel()
  const { model } = useApp()
  const app = useAppName()
  const navigate = useNavigate()
  const records = useFoundRecords(typed)
  const actions = useActions()
  const ways = navigationItems(model, app).map(
    (way): Entry => ({ key: way.key, group: 'goTo', title: label(way.label), icon: way.icon, run: () => void navigate(way.to) }),
  )
  const needle = typed.replace(/^>/, '').trim().toLowerCase()
  const fits = (entry: Entry) => entry.title.toLowerCase().includes(needle)
  if (typed.trim() === '') {
    const recent = recentRecords()
      .slice(0, 6)
      .map(
        (each): Entry => ({
          key: each.to,
          group: 'recent',
          title: each.title,
          note: each.object,
          icon: Clock,
          run: () => void navigate(each.to),
        }),
      )
    return [...recent, ...actions.slice(0, 5), ...ways]
  }
  const own = actions.filter(fits)
  return typed.startsWith('>') ? own : [...records, ...own, ...ways.filter(fits)]
}
