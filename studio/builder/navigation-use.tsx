import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import { orderedNavigations } from '@tessera/platform/model/navigations.js'
import { Select } from 'antd'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { SortableList } from '../ui/sortable-list.js'
import { moved } from './edit-element.js'
import { orderNavigations } from './edit-navigation.js'
import { useLayoutTexts } from './layout-texts.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { RowMenu } from './row-menu.js'
import { useWorkshop } from './workshop.js'

interface NavigationUseProps {
  navigation: NavigationDefinition
  onRoles: (roles: readonly string[] | undefined) => void
}

/** For whom a navigation is, and its place among the others. */
export function NavigationUse({ navigation, onRoles }: NavigationUseProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model, issues } = useWorkshop()
  const { navigation: name, roles = [] } = navigation
  const problem = issues.find(({ path }) => path.startsWith(`navigation/${name}/roles`))
  return (
    <>
      <Property
        id="navigation-roles"
        label={t('navigationDesigner.roles')}
        help={t('navigationDesigner.rolesHelp')}
        error={problem?.message}
      >
        <Select
          id="navigation-roles"
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          placeholder={t('navigationDesigner.everybody')}
          value={[...roles]}
          onChange={(chosen: string[]) => onRoles(chosen.length > 0 ? chosen : undefined)}
          style={{ width: '100%' }}
          options={Object.values(model.roles).map(({ name: value, definition }) => ({ value, label: label(definition.label) || value }))}
        />
      </Property>
      <NavigationOrder name={name} />
    </>
  )
}

/** All navigations in the order in which people see them; they are moved by their handles or their menus. */
function NavigationOrder({ name }: { name: string }) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model, edit } = useWorkshop()
  const rows = orderedNavigations(model).map(each => ({ id: each.navigation, title: label(each.label) || each.navigation }))
  if (rows.length < 2) return null
  const names = rows.map(({ id }) => id)
  const move = (id: string, to: number) =>
    edit(`navigation order ${id}`, `navigation/${name}`, elements => orderNavigations(elements, moved(names, names.indexOf(id), to)))
  return (
    <section className="property" aria-label={t('navigationDesigner.order')}>
      <span className="property-label">{t('navigationDesigner.order')}</span>
      <SortableList items={rows} label={t('navigationDesigner.order')} className="layout-rows" onMove={move}>
        {({ id, title }, handle, at) => (
          <div className="layout-row">
            {handle}
            {id === name ? (
              <strong className="grow cut">{title}</strong>
            ) : (
              <Link className="studio-way grow cut" to={elementJsonPath('navigation', id)}>
                {title}
              </Link>
            )}
            <RowMenu title={title} at={at} count={rows.length} onMove={to => move(id, to)} />
          </div>
        )}
      </SortableList>
      <p className="field-help">{t('navigationDesigner.orderHelp')}</p>
    </section>
  )
}
