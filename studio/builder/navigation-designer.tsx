import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import { useSearchParams } from 'react-router'
import { SortableList } from '../ui/sortable-list.js'
import { DesignerParts } from './designer-parts.js'
import {
  changeGroups,
  moveRow,
  moveToGroup,
  type NavigationGroup,
  navigationDefinition,
  navigationRows,
  removeRow,
} from './edit-navigation.js'
import { type GroupedRow, siblingsOf } from './grouped-rows.js'
import { useLayoutTexts } from './layout-texts.js'
import { NavigationAdd } from './navigation-add.js'
import { NavigationPanel } from './navigation-panel.js'
import { NavigationPicture } from './navigation-picture.js'
import { useRowFace } from './navigation-row.js'
import { RowMenu } from './row-menu.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

/** Designs the ways through an app: its groups and entries, the properties of the chosen one, and the panel as a role sees it. */
export default function NavigationDesigner({ name }: { name: string }) {
  const { t } = useLayoutTexts()
  const { elements } = useWorkshop()
  const navigation = navigationDefinition(elements, name)
  if (!navigation) return null
  return (
    <DesignerParts path={`navigation/${name}`} label={t('navigationDesigner.parts')}>
      <div className="designer">
        <Rows navigation={navigation} />
        <NavigationPicture name={name} />
      </div>
    </DesignerParts>
  )
}

function Rows({ navigation }: { navigation: NavigationDefinition }) {
  const { t } = useLayoutTexts()
  const { edit } = useWorkshop()
  const faceOf = useRowFace(navigation)
  const [params, setParams] = useSearchParams()
  const { navigation: name, groups } = navigation
  const path = `navigation/${name}`
  const chosen = params.get('row')
  const choose = (id: string | null) => setParams(id === null ? {} : { row: id }, { replace: true })
  const change = (key: string, next: (groups: readonly NavigationGroup[]) => readonly NavigationGroup[]) =>
    edit(`${path} ${key}`, path, elements => changeGroups(elements, name, next))
  const rows = navigationRows(navigation).map(row => ({ ...row, title: faceOf(row).title }))
  const move = (id: string, to: number) => change(`move ${id}`, before => moveRow(before, id, to))
  return (
    <>
      <div className="designer-main">
        <div className="scroll-page layout-tree">
          <SortableList items={rows} label={t('navigationDesigner.entries')} className="layout-rows" onMove={move}>
            {(row, handle) => (
              <div className={`layout-row${row.at === null ? ' heading' : ' inner'}${row.id === chosen ? ' chosen' : ''}`}>
                {handle}
                <RowButton row={row} navigation={navigation} isChosen={row.id === chosen} onChoose={() => choose(row.id)} />
                <RowMenu
                  title={row.title}
                  {...placeAmong(rows, row)}
                  onMove={place => move(row.id, rows.indexOf(siblingsOf(rows, row)[place] ?? row))}
                  onRemove={() => {
                    change(`remove ${row.id}`, before => removeRow(before, row))
                    if (row.id === chosen) choose(null)
                  }}
                  entries={
                    row.at === null
                      ? []
                      : groups.flatMap((group, to) =>
                          to === row.group
                            ? []
                            : [
                                {
                                  key: `to ${group.group}`,
                                  label: t('navigationDesigner.moveTo', { name: faceOf({ id: '', group: to, at: null }).title }),
                                  run: () => change(`group ${row.id}`, before => moveToGroup(before, row, to)),
                                },
                              ],
                        )
                  }
                />
              </div>
            )}
          </SortableList>
          <NavigationAdd navigation={navigation} group={rows.find(row => row.id === chosen)?.group} onAdded={choose} />
        </div>
      </div>
      <NavigationPanel navigation={navigation} row={rows.find(row => row.id === chosen)} onClose={() => choose(null)} />
    </>
  )
}

function placeAmong<R extends GroupedRow>(rows: readonly R[], row: R): { at: number; count: number } {
  const siblings = siblingsOf(rows, row)
  return { at: siblings.indexOf(row), count: siblings.length }
}

interface RowButtonProps {
  row: GroupedRow & { readonly title: string }
  navigation: NavigationDefinition
  isChosen: boolean
  onChoose: () => void
}

function RowButton({ row, navigation, isChosen, onChoose }: RowButtonProps) {
  const { icon: Icon, title, note } = useRowFace(navigation)(row)
  return (
    <button type="button" className="layout-name" aria-pressed={isChosen} onClick={onChoose}>
      {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden />} <span className="cut">{title}</span>
      {note && <span className="quiet">{note}</span>}
    </button>
  )
}
