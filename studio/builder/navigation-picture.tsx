import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import { profileOf } from '@tessera/platform/access/profile.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { navigationsFor } from '@tessera/platform/model/navigations.js'
import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLabel } from '../api/app.js'
import { navigationGroups } from '../views/navigation.js'
import { useLayoutTexts } from './layout-texts.js'
import { Property } from './property.js'
import { useWorkshop } from './workshop.js'

/** What somebody with one role would get of the draft's definitions, as a model. */
function modelFor(role: string, elements: Elements, model: Model): Model {
  const shown = narrowDefinitions(Object.values(elements), profileOf([role], model), [role])
  return compileModel(shown.flatMap(definition => elementOf(definition) ?? [])).model
}

/** The panel of the app as the draft has it, for whoever has the role that is chosen. */
export function NavigationPicture({ name }: { name: string }) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const workshop = useWorkshop()
  const { elements, model } = useDeferredValue(workshop)
  const roles = Object.values(workshop.model.roles)
  const [chosen, setChosen] = useState<string>()
  const meant = lookup(workshop.model.navigation, name)?.roles
  const role = chosen ?? roles.find(each => (meant ? meant.includes(each.name) : !each.admin))?.name ?? roles[0]?.name ?? ''
  const seen = useMemo(() => modelFor(role, elements, model), [role, elements, model])
  const isTheirs = lookup(seen.navigation, name) !== undefined && navigationsFor(seen, [role]).some(each => each.navigation === name)
  const isMeant = lookup(model.navigation, name)?.roles?.includes(role) ?? true
  const groups = isTheirs ? navigationGroups(seen, name) : []
  const all = lookup(model.navigation, name)?.groups.reduce((sum, group) => sum + group.items.length, 0) ?? 0
  const hidden = all - groups.reduce((sum, group) => sum + group.ways.length, 0)
  return (
    <aside className="layout-picture" aria-label={t('navigationDesigner.picture')}>
      <Property id="navigation-role" label={t('navigationDesigner.as')}>
        <Select
          id="navigation-role"
          showSearch={{ optionFilterProp: 'label' }}
          value={role}
          onChange={setChosen}
          style={{ width: '100%' }}
          options={roles.map(({ name: value, definition }) => ({ value, label: label(definition.label) || value }))}
        />
      </Property>
      <div className="layout-panel-picture" aria-live="polite">
        <strong className="cut">{label(lookup(model.navigation, name)?.label)}</strong>
        {groups.length === 0 && <p className="quiet">{t(isMeant ? 'navigationDesigner.nothing' : 'navigationDesigner.notFor')}</p>}
        <div className="panel-ways">
          {groups.map(group => (
            <div key={group.key}>
              <h3>{label(group.label)}</h3>
              <ul>
                {group.ways.map(way => (
                  <li key={way.key} className="panel-link">
                    <way.icon size={16} strokeWidth={1.75} aria-hidden /> <span className="cut">{label(way.label)}</span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
      {isMeant && hidden > 0 && <p className="field-help">{t('navigationDesigner.hidden', { count: hidden })}</p>}
    </aside>
  )
}
