import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import { Button, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useApp, useLabel } from '../api/app.js'
import { addGroup, addItem, changeGroups, navigationRows } from './edit-navigation.js'
import { useLayoutTexts } from './layout-texts.js'
import { useWorkshop } from './workshop.js'

interface NavigationAddProps {
  navigation: NavigationDefinition
  /** The group that new entries go to; the last one unless one is chosen. */
  group: number | undefined
  onAdded: (row: string) => void
}

/** Adds an entry to a group, or a group: objects, views and reports are found by their names. */
export function NavigationAdd({ navigation, group, onAdded }: NavigationAddProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { locale } = useApp()
  const { edit } = useWorkshop()
  const choices = useEntryChoices()
  const { navigation: name, groups } = navigation
  const path = `navigation/${name}`
  const to = group ?? groups.length - 1
  const add = (chosen: string | null) => {
    const [kind = '', target = ''] = (chosen ?? '').split(':')
    if (chosen === null || target === '') return
    edit(`${path} add ${chosen}`, path, elements => changeGroups(elements, name, before => addItem(before, to, { [kind]: target })))
  }
  const addOne = () => {
    const next = addGroup(groups, 'group', { [locale]: t('navigationDesigner.newGroup') })
    edit(`${path} add group ${groups.length}`, path, elements => changeGroups(elements, name, () => next))
    const row = navigationRows({ groups: next }).findLast(each => each.at === null)
    if (row) onAdded(row.id)
  }
  return (
    <div className="navigation-add" role="group" aria-label={t('navigationDesigner.add')}>
      {groups.length > 0 && (
        <Select
          id="navigation-add"
          aria-label={t('navigationDesigner.addTo', { name: label(groups[to]?.label) })}
          placeholder={t('navigationDesigner.addTo', { name: label(groups[to]?.label) })}
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          onChange={add}
          options={choices}
        />
      )}
      <Button icon={<Plus size={15} aria-hidden />} onClick={addOne}>
        {t('navigationDesigner.addGroup')}
      </Button>
    </div>
  )
}

/** Everything that an entry can lead to, by kind. */
function useEntryChoices() {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const objects = Object.values(model.objects).filter(object => isDefined(object) && object.detail === null)
  const views = Object.values(model.views).map(({ name, definition }) => {
    const of = Object.hasOwn(model.objects, definition.object) ? model.objects[definition.object] : undefined
    return {
      value: `view:${name}`,
      label: t('navigationDesigner.viewOf', { object: label(of?.pluralLabel), view: label(definition.label) }),
    }
  })
  const reports = Object.values(model.reports).map(({ name, definition }) => ({
    value: `report:${name}`,
    label: label(definition.label) || name,
  }))
  return [
    {
      label: t('kind.object'),
      options: objects.map(object => ({ value: `object:${object.name}`, label: label(object.pluralLabel) || object.name })),
    },
    { label: t('kind.view'), options: views },
    { label: t('kind.report'), options: reports },
  ].filter(({ options }) => options.length > 0)
}
