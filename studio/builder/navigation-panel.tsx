import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import type { Label } from '@tessera/platform/label.js'
import { Button } from 'antd'
import { X } from 'lucide-react'
import { IconButton } from '../ui/small.js'
import { changeGroup, changeGroups, changeItem, changeNavigation, type NavigationGroup } from './edit-navigation.js'
import type { GroupedRow } from './grouped-rows.js'
import { IconChoice } from './icon-choice.js'
import { LabelInputs } from './label-inputs.js'
import { useLayoutTexts } from './layout-texts.js'
import { useRowFace } from './navigation-row.js'
import { NavigationUse } from './navigation-use.js'
import { Property } from './property.js'
import { useWorkshop } from './workshop.js'

interface NavigationPanelProps {
  navigation: NavigationDefinition
  row: GroupedRow | undefined
  onClose: () => void
}

/** The properties of the chosen group or entry; of the navigation itself when none is chosen. */
export function NavigationPanel({ navigation, row, onClose }: NavigationPanelProps) {
  const { t } = useLayoutTexts()
  const faceOf = useRowFace(navigation)
  const title = row ? faceOf(row).title : t('navigationDesigner.itself')
  return (
    <aside className="designer-panel" aria-label={t('field.panel', { name: title })}>
      <div className="panel-title">
        <h2 className="cut">{title}</h2>
        <span className="grow" />
        {row && <IconButton icon={X} label={t('close')} onClick={onClose} />}
      </div>
      {row ? <RowProperties key={row.id} navigation={navigation} row={row} /> : <OwnProperties navigation={navigation} />}
    </aside>
  )
}

function OwnProperties({ navigation }: { navigation: NavigationDefinition }) {
  const { t } = useLayoutTexts()
  const { edit } = useWorkshop()
  const name = navigation.navigation
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`navigation/${name} ${Object.keys(patch).join()}`, `navigation/${name}`, elements => changeNavigation(elements, name, patch))
  return (
    <>
      <LabelInputs
        id="navigation-label"
        title={t('property.label')}
        value={navigation.label}
        onChange={label => change({ label: label ?? name })}
      />
      <OwnIcon id="navigation-icon" value={navigation.icon} onChange={icon => change({ icon })} />
      <NavigationUse navigation={navigation} onRoles={roles => change({ roles })} />
      <p className="field-help">{t('navigationDesigner.help')}</p>
    </>
  )
}

function RowProperties({ navigation, row }: { navigation: NavigationDefinition; row: GroupedRow }) {
  const { t } = useLayoutTexts()
  const { edit, issues } = useWorkshop()
  const { navigation: name, groups } = navigation
  const path = `navigation/${name}`
  const change = (key: string, next: (groups: readonly NavigationGroup[]) => readonly NavigationGroup[]) =>
    edit(`${path} ${row.id} ${key}`, path, elements => changeGroups(elements, name, next))
  const group = groups[row.group]
  if (!group) return null
  if (row.at === null)
    return (
      <LabelInputs
        id="group-label"
        title={t('property.label')}
        value={group.label}
        onChange={(label: Label | undefined) =>
          change('label', before => changeGroup(before, row.group, each => ({ ...each, label: label ?? each.group })))
        }
      />
    )
  const item = group.items[row.at]
  const problem = issues.find(issue => issue.path.startsWith(`${path}/groups/${row.group}/items/${row.at}/`))
  return (
    <>
      <LabelInputs
        id="item-label"
        title={t('property.label')}
        value={item?.label}
        error={problem?.message}
        help={t('navigationDesigner.labelHelp')}
        onChange={label => change('label', before => changeItem(before, row, { label }))}
      />
      <OwnIcon id="item-icon" value={item?.icon} onChange={icon => change('icon', before => changeItem(before, row, { icon }))} />
    </>
  )
}

/** The icon of a way; without one it has that of what it leads to. */
function OwnIcon({ id, value, onChange }: { id: string; value: string | undefined; onChange: (icon: string | undefined) => void }) {
  const { t } = useLayoutTexts()
  return (
    <Property id={id} label={t('icon')} help={value === undefined ? t('navigationDesigner.iconHelp') : undefined}>
      <IconChoice id={id} value={value} onChange={onChange} />
      {value !== undefined && (
        <Button size="small" type="text" onClick={() => onChange(undefined)}>
          {t('navigationDesigner.noIcon')}
        </Button>
      )}
    </Property>
  )
}
